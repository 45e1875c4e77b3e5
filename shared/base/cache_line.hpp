// Memory that is going to be read in an order nobody foresees.
#pragma once

namespace qudao {

// Asks for the cache line of what is needed some steps later. WASM has no instruction for it, and loading a byte instead
// was measured to cost more than it saves: there it is nothing.
inline void ask_for_line([[maybe_unused]] const void* at) {
#if !defined(__wasm__)
    __builtin_prefetch(at);
#endif
}

}  // namespace qudao
