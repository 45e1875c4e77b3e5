// Times one piece of work and prints it for tests/bench/run: `name nanoseconds` a line. A figure is only ever compared with
// another taken in the same run (see run: alternating pairs, medians, ratios).
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>

namespace qudao::bench {

// Keeps a result alive, so that the compiler cannot leave out the work that made it.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "r"(&value) : "memory");
}

template <class Work>
std::int64_t time_ns(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - start).count();
}

inline void print(const char* name, std::int64_t ns) { std::printf("%s %lld\n", name, static_cast<long long>(ns)); }

// Runs two works in turn, `pairs` times after one warm-up of each, and prints every time taken.
template <class First, class Second>
void alternate(int pairs, const char* first_name, First first, const char* second_name, Second second) {
    first();
    second();
    for (int i = 0; i < pairs; ++i) {
        print(first_name, time_ns(first));
        print(second_name, time_ns(second));
    }
}

}  // namespace qudao::bench
