#include "server/http/head.hpp"

#include <algorithm>
#include <charconv>

namespace qudao::http {
namespace {

Error malformed(std::string_view what) { return Error::of("request.malformed").with("what", what); }

bool is_token_char(char c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char); }

// Visible ASCII; a path or query has nothing else, since everything else is to be percent-encoded.
bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_field_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); });
}

// Fields that mean nothing when they come twice, and mean mischief when they differ.
bool only_once(std::string_view name) {
    return name == "host" || name == "content-length" || name == "transfer-encoding" || name == "x-qudao-csrf" ||
           name == "content-type" || name == "expect" || name == "origin";
}

Status read_target(std::string_view target, Head& head) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.substr(0, scheme.size()) != scheme) continue;  // absolute form: the authority is Host's business
        target = target.substr(std::min(target.find('/', scheme.size()), target.size()));
        if (target.empty()) target = "/";
    }
    if (target.empty() || target.front() != '/' || !is_visible(target) || target.find('#') != target.npos) return malformed("target");
    const std::size_t question = std::min(target.find('?'), target.size());
    head.path = target.substr(0, question);
    head.query = question < target.size() ? target.substr(question + 1) : std::string_view();
    return done();
}

Status read_request_line(std::string_view line, Head& head) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == line.npos || first == last) return malformed("request line");
    if (!is_token(line.substr(0, first)) || first > 16) return malformed("method");
    head.method = line.substr(0, first);
    const std::string_view version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return Error::of("request.version");
    head.keep_alive = version == "HTTP/1.1";
    return read_target(line.substr(first + 1, last - first - 1), head);
}

Status read_field(std::string_view line, Head& head) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon))) return malformed("header name");
    const std::string_view value = trim(line.substr(colon + 1));
    if (!is_field_value(value)) return malformed("header value");
    std::string name = lower(line.substr(0, colon));
    for (auto& [known, earlier] : head.headers) {
        if (known != name) continue;
        if (only_once(name)) return malformed("repeated header");
        earlier.append(name == "cookie" ? "; " : ", ").append(value);
        return done();
    }
    if (head.headers.size() == kMaxHeaders) return Error::of("request.headers_too_large").with("limit", static_cast<std::int64_t>(kMaxHeaders));
    head.headers.emplace_back(std::move(name), std::string(value));
    return done();
}

Status read_meaning(Head& head, bool is_http_1_1) {
    if (is_http_1_1 && head.header("host").empty()) return malformed("host");
    if (!is_visible(head.header("host"))) return malformed("host");
    if (!head.header("transfer-encoding").empty()) return Error::of("request.length_required");
    if (const std::string_view length = head.header("content-length"); !length.empty()) {
        const auto parsed = std::from_chars(length.data(), length.data() + length.size(), head.content_length);
        if (parsed.ec != std::errc{} || parsed.ptr != length.data() + length.size() || head.content_length < 0 || length.front() == '-')
            return malformed("content length");
    }
    const std::string_view connection = head.header("connection");
    if (list_has(connection, "close")) head.keep_alive = false;
    if (!is_http_1_1 && list_has(connection, "keep-alive")) head.keep_alive = true;
    head.expects_continue = is_http_1_1 && lower(head.header("expect")) == "100-continue";
    return done();
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string_view Head::header(std::string_view name) const {
    for (const auto& [known, value] : headers)
        if (known == name) return value;
    return {};
}

Result<Head> parse_head(std::string_view text) {
    Head head;
    bool first = true;
    bool is_http_1_1 = false;
    bool complete = false;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = text.find("\r\n", from);
        if (end == text.npos) return malformed("line end");
        const std::string_view line = text.substr(from, end - from);
        from = end + 2;
        if (line.find('\n') != line.npos || line.find('\r') != line.npos) return malformed("line end");
        if (first) {
            QUDAO_CHECK(read_request_line(line, head));
            is_http_1_1 = head.keep_alive;
            first = false;
        } else if (!line.empty()) {
            QUDAO_CHECK(read_field(line, head));
        } else if (from == text.size()) {
            complete = true;
        } else {
            return malformed("line end");
        }
    }
    if (!complete) return malformed("line end");
    QUDAO_CHECK(read_meaning(head, is_http_1_1));
    return head;
}

std::string decode_path(std::string_view path) {
    std::string out;
    out.reserve(path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != '%') {
            out.push_back(path[i]);
            continue;
        }
        const int high = i + 2 < path.size() ? hex_digit(path[i + 1]) : -1;
        const int low = i + 2 < path.size() ? hex_digit(path[i + 2]) : -1;
        if (high < 0 || low < 0 || high * 16 + low == 0) return {};
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

bool list_has(std::string_view list, std::string_view token) {
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t end = std::min(list.find(',', from), list.size());
        if (lower(trim(list.substr(from, end - from))) == token) return true;
        from = end + 1;
    }
    return false;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    return out;
}

}  // namespace qudao::http
