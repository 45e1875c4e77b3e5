#include "server/http/request_log.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace qudao::http {
namespace {

constexpr std::size_t kMaxDetail = 300;
constexpr std::size_t kMaxPath = 300;

std::string printable(std::string_view text, std::size_t limit) {
    std::string out;
    for (const char c : text.substr(0, limit)) {
        if (c == '\\') out.append("\\\\");
        else if (c >= 0x20 && c < 0x7f) out.push_back(c);
        else out.append(fmt::format("\\x{:02x}", static_cast<unsigned char>(c)));
    }
    return out;
}

// Whoever opens the page without a session, or after one has ended, is told 401 as well: that is no event.
bool is_grave(int status, std::string_view detail) {
    return status >= 500 || status == 403 || status == 429 || (status == 401 && detail != "session.none" && detail != "session.none: ended");
}

}  // namespace

std::string text_of(const RequestLine& line, std::string_view detail) {
    const std::string method = line.method.empty() ? "-" : printable(line.method, kMaxPath);
    const std::string path = line.path.empty() ? "-" : printable(line.path, kMaxPath);
    const std::string person = line.person == 0 ? std::string() : fmt::format(" person {}", line.person);
    const std::string note = detail.empty() ? std::string() : " (" + printable(detail, kMaxDetail) + ")";
    return fmt::format("{} {} {} {} ms {} B {}{}{}", method, path, line.status, line.elapsed_ms, line.body_bytes, printable(line.address, kMaxPath),
                       person, note);
}

void log_request(const RequestLine& line, std::string_view detail) {
    const auto level = is_grave(line.status, detail) ? spdlog::level::warn : spdlog::level::info;
    if (spdlog::should_log(level)) spdlog::log(level, spdlog::string_view_t(text_of(line, detail)));
}

void log_in_utc() { spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc); }

}  // namespace qudao::http
