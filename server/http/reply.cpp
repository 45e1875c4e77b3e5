#include "server/http/reply.hpp"

#include <fmt/format.h>
#include <pistache/http_defs.h>

#include <array>
#include <ctime>
#include <string_view>

namespace qudao::http {
namespace {

// Scripts, styles, fonts and connections from here alone; WebAssembly may be compiled, text may not be run as script.
// Pictures may be made by the page itself (charts saved as an image). Nobody may put the page into a frame.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEverywhere = {{
    {"Content-Security-Policy", kContentSecurityPolicy},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

bool has_no_body(int status) { return status == 204 || status == 304 || (status >= 100 && status < 200); }

}  // namespace

std::string http_date(std::int64_t epoch_s) {
    static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto at = static_cast<std::time_t>(epoch_s);
    std::tm utc{};
    gmtime_r(&at, &utc);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                       kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::string render_head(const Reply& reply, const Framing& framing) {
    std::string out;
    out.reserve(1024);
    const auto line = [&out](std::string_view name, std::string_view value) { out.append(name).append(": ").append(value).append("\r\n"); };
    out.append(fmt::format("HTTP/1.1 {} {}\r\n", reply.status, Pistache::Http::codeString(static_cast<Pistache::Http::Code>(reply.status))));
    line("Date", http_date(framing.now_s));
    line("Connection", framing.close ? "close" : "keep-alive");
    if (!has_no_body(reply.status)) line("Content-Length", std::to_string(reply.body_size()));
    for (const auto& [name, value] : reply.headers) line(name, value);
    for (const auto& [name, value] : kEverywhere) line(name, value);
    if (framing.over_tls) line("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    out.append("\r\n");
    return out;
}

}  // namespace qudao::http
