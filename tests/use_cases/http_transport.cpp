#include "tests/use_cases/http_transport.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>

namespace qudao::test {
namespace {

class Connection {
public:
    explicit Connection(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        open_ = socket_ >= 0 && connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Connection() {
        if (socket_ >= 0) close(socket_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool send_all(const std::string& bytes) const {
        for (std::size_t sent = 0; open_ && sent < bytes.size();) {
            const ssize_t count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) return false;
            sent += static_cast<std::size_t>(count);
        }
        return open_;
    }
    std::string read_all() const {
        std::string bytes;
        char part[65536];
        for (ssize_t count = 0; (count = recv(socket_, part, sizeof part, 0)) > 0;) {
            bytes.append(part, static_cast<std::size_t>(count));
            if (is_complete(bytes)) break;
        }
        return bytes;
    }

private:
    static bool is_complete(const std::string& bytes) {
        const std::size_t end = bytes.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        const std::size_t length = bytes.find("Content-Length: ");
        if (length == std::string::npos || length > end) return bytes.compare(9, 3, "204") == 0;
        return bytes.size() >= end + 4 + std::strtoul(bytes.c_str() + length + 16, nullptr, 10);
    }
    int socket_;
    bool open_ = false;
};

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return text;
}

}  // namespace

std::string BlockingHttp::head_of(const api::Request& request) const {
    std::string head = std::string(api::name_of(request.method)) + " " + request.path;
    if (!request.query.empty()) head += "?" + request.query;
    head += " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\nConnection: close\r\n";
    if (!cookie_.empty()) head += "Cookie: " + cookie_ + "\r\n";
    if (!request.csrf_token.empty()) head += "X-Qudao-Csrf: " + request.csrf_token + "\r\n";
    if (!request.if_match.empty()) head += "If-Match: " + request.if_match + "\r\n";
    if (!request.body.empty()) head += "Content-Type: application/json\r\n";
    if (request.method != api::Method::get) head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return head + "\r\n";
}

api::Response BlockingHttp::read_reply(const std::string& bytes) {
    api::Response response;
    response.status = std::atoi(bytes.c_str() + 9);  // "HTTP/1.1 200 "
    const std::size_t end = bytes.find("\r\n\r\n");
    std::map<std::string, std::string> headers;
    for (std::size_t at = bytes.find("\r\n") + 2; at < end;) {
        const std::size_t line = bytes.find("\r\n", at);
        const std::size_t colon = bytes.find(": ", at);
        if (colon < line) headers[lower(bytes.substr(at, colon - at))] = bytes.substr(colon + 2, line - colon - 2);
        at = line + 2;
    }
    response.content_type = headers["content-type"];
    response.location = headers["location"];
    response.retry_after_s = std::atoi(headers["retry-after"].c_str());
    if (const std::string& cookie = headers["set-cookie"]; !cookie.empty()) {
        cookie_ = cookie.substr(0, cookie.find(';'));
        if (cookie_.back() == '=') cookie_.clear();
    }
    response.body = bytes.substr(end + 4);
    return response;
}

client::TransportId BlockingHttp::send(api::Request request, Done done) {
    const Connection connection(port_);
    if (!connection.send_all(head_of(request) + request.body)) {
        done(Error::of(client::kUnreachable));
        return 0;
    }
    const std::string bytes = connection.read_all();
    if (bytes.find("\r\n\r\n") == std::string::npos) done(Error::of(client::kUnreachable));
    else done(read_reply(bytes));
    return 0;
}

}  // namespace qudao::test
