// The Worker: engine.js with a WASM module of its own. Bytes in, bytes out; everything else is Host's.
#include <emscripten.h>

#include <chrono>
#include <cstdlib>

#include "client/engine/host.hpp"

using qudao::engine::FileHead;
using qudao::engine::FileSource;
using qudao::engine::Host;

extern "C" {
void qd_engine_ready();
int qd_engine_read_file(char* into);
void qd_engine_post(const char* bytes, int length);
void qd_engine_post_file(const char* bytes, int length, const char* file, int file_length, const char* name, int name_length,
                         const char* type, int type_length);
}

namespace {

class MachineClock final : public qudao::ports::Clock {
public:
    qudao::Instant now() const override {
        const auto since = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
    }
};

int length_of(std::string_view text) { return static_cast<int>(text.size()); }

Host& host() {
    static MachineClock clock;
    static Host the_host(
        clock, [](std::string_view message) { qd_engine_post(message.data(), length_of(message)); },
        [](std::string_view message, std::string_view file, const FileHead& head) {
            qd_engine_post_file(message.data(), length_of(message), file.data(), length_of(file), head.name.data(), length_of(head.name),
                                head.mime_type.data(), length_of(head.mime_type));
        });
    return the_host;
}

}  // namespace

// `bytes` is malloc's and becomes ours; `file_bytes` < 0: no file beside it.
extern "C" EMSCRIPTEN_KEEPALIVE void qd_engine_take(char* bytes, int length, double file_bytes) {
    std::string message(bytes, static_cast<std::size_t>(length));
    std::free(bytes);
    FileSource file;
    if (file_bytes >= 0) file = {static_cast<std::int64_t>(file_bytes), [](char* into) { return qd_engine_read_file(into) != 0; }};
    host().receive(std::move(message), file);
}

int main() {
    qd_engine_ready();
    return 0;
}
