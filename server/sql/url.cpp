#include "server/sql/url.hpp"

#include <charconv>
#include <optional>

namespace qudao::sql {
namespace {

constexpr std::string_view kSqlite = "sqlite://";
constexpr std::string_view kMysql = "mysql://";

Error malformed(std::string_view reason) { return Error::of("database.url").with("reason", reason); }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

// Splits at the first `mark`; all of it is the head when there is none.
struct Split {
    std::string_view head;
    std::optional<std::string_view> tail;
};
Split split(std::string_view text, char mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return {text, std::nullopt};
    return {text.substr(0, at), text.substr(at + 1)};
}

Status read_host(std::string_view text, Address& address) {
    std::string_view port;
    if (text.starts_with('[')) {  // an IPv6 address
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return malformed("host");
        address.host = text.substr(1, end - 1);
        std::string_view rest = text.substr(end + 1);
        if (!rest.empty() && !rest.starts_with(':')) return malformed("host");
        port = rest.empty() ? rest : rest.substr(1);
        if (!rest.empty() && port.empty()) return malformed("port");
    } else {
        const Split parts = split(text, ':');
        address.host = parts.head;
        if (parts.tail && parts.tail->empty()) return malformed("port");
        port = parts.tail.value_or(std::string_view());
    }
    if (address.host.empty()) return malformed("host");
    for (const char c : address.host)
        if (c <= ' ' || c == '\'' || c == '\\' || c == '@') return malformed("host");
    if (port.empty()) return done();
    const auto [end, wrong] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (wrong != std::errc() || end != port.data() + port.size() || address.port == 0) return malformed("port");
    return done();
}

Status read_options(std::string_view text, Address& address) {
    const Split pair = split(text, '=');
    if (pair.head != "socket" || !pair.tail) return malformed("option");
    const auto socket = decode(*pair.tail);
    if (!socket) return malformed("encoding");
    if (!socket->starts_with('/')) return malformed("option");
    address.socket = *socket;
    return done();
}

Result<Address> read_mysql(std::string_view text) {
    Address address;
    address.dialect = Dialect::mariadb;
    const std::size_t at = text.rfind('@', text.find('/'));
    if (at == std::string_view::npos) return malformed("user");
    const Split who = split(text.substr(0, at), ':');
    const auto user = decode(who.head);
    const auto password = decode(who.tail.value_or(std::string_view()));
    const Split where = split(text.substr(at + 1), '/');
    const Split what = split(where.tail.value_or(std::string_view()), '?');
    const auto name = decode(what.head);
    if (!user || !password || !name) return malformed("encoding");
    if (user->empty()) return malformed("user");
    if (name->empty()) return malformed("name");
    address.user = *user;
    address.password = *password;
    address.name = *name;
    QUDAO_CHECK(read_host(where.head, address));
    if (what.tail) QUDAO_CHECK(read_options(*what.tail, address));
    return address;
}

}  // namespace

Result<Address> parse_url(std::string_view url) {
    if (url.find('\0') != std::string_view::npos) return malformed("encoding");
    if (url.starts_with(kSqlite)) {
        Address address;
        address.path = url.substr(kSqlite.size());
        // A quotation mark cannot be carried by SOCI's connect string.
        if (address.path.empty() || address.path.back() == '/' || address.path.find('"') != std::string::npos) return malformed("path");
        return address;
    }
    if (url.starts_with(kMysql)) return read_mysql(url.substr(kMysql.size()));
    return malformed("scheme");
}

std::string printable(const Address& address) {
    if (address.dialect == Dialect::sqlite) return std::string(kSqlite) + address.path;
    std::string out = std::string(kMysql) + address.user + '@' + address.host;
    if (address.port != 0) out += ':' + std::to_string(address.port);
    out += '/' + address.name;
    if (!address.socket.empty()) out += "?socket=" + address.socket;
    return out;
}

}  // namespace qudao::sql
