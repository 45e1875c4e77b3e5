#include "server/http/request_log.hpp"

#include <spdlog/spdlog.h>

#include <string>

namespace qudao::http {
namespace {

constexpr std::size_t kMaxDetail = 300;
constexpr std::size_t kMaxPath = 300;

std::string one_line(std::string_view text, std::size_t limit) {
    std::string out(text.substr(0, limit));
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return out;
}

}  // namespace

void log_request(const RequestLine& line, std::string_view detail) {
    const auto level = line.status >= 500 ? spdlog::level::warn : spdlog::level::info;
    if (!spdlog::should_log(level)) return;
    const std::string_view method = line.method.empty() ? "-" : line.method;
    const std::string path = line.path.empty() ? "-" : one_line(line.path, kMaxPath);
    const std::string note = detail.empty() ? std::string() : " (" + one_line(detail, kMaxDetail) + ")";
    spdlog::log(level, "{} {} {} {} ms {} B {}{}", method, path, line.status, line.elapsed_ms, line.body_bytes, line.address, note);
}

}  // namespace qudao::http
