// A reply on its way to the wire: status, headers, and a body that is shared, not copied. Also the headers that stand on
// every reply, whoever made it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace qudao::http {

using Bytes = std::shared_ptr<const std::string>;
inline Bytes bytes(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

struct Reply {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    Bytes body;  // none: empty
    void add(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
    std::int64_t body_size() const { return body ? static_cast<std::int64_t>(body->size()) : 0; }
};

struct Framing {
    bool head_only = false;   // the request was HEAD: the length of a body without the body
    bool close = false;       // the connection ends with this reply
    bool over_tls = false;    // a proxy in front speaks TLS to the browser
    std::int64_t now_s = 0;   // for the Date header
};

// Status line and headers up to the empty line, with length, date, connection and security headers.
std::string render_head(const Reply& reply, const Framing& framing);

// "Mon, 23 Nov 2026 01:02:03 GMT"
std::string http_date(std::int64_t epoch_s);

}  // namespace qudao::http
