#include "server/http/static_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "shared/base/digest.hpp"

namespace qudao::http {
namespace {

constexpr std::size_t kMaxTotalBytes = 256U << 20U;
constexpr std::string_view kIndex = "/index.html";

struct Mime {
    std::string_view extension;
    std::string_view type;
};
constexpr std::array kMimes = {
    Mime{"css", "text/css; charset=utf-8"},         Mime{"html", "text/html; charset=utf-8"},
    Mime{"ico", "image/x-icon"},                    Mime{"js", "text/javascript; charset=utf-8"},
    Mime{"json", "application/json"},               Mime{"mjs", "text/javascript; charset=utf-8"},
    Mime{"png", "image/png"},                       Mime{"svg", "image/svg+xml; charset=utf-8"},
    Mime{"ttf", "font/ttf"},                        Mime{"txt", "text/plain; charset=utf-8"},
    Mime{"wasm", "application/wasm"},               Mime{"webmanifest", "application/manifest+json"},
    Mime{"woff2", "font/woff2"},                    Mime{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

std::string_view extension_of(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos || (slash != name.npos && dot < slash)) return {};
    return name.substr(dot + 1);
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in && !in.eof()) return Error::of("web.unreadable").with("path", path.string());
    return content;
}

// Every plain file below, by its path from there with '/' in front.
Result<std::map<std::string, Bytes>> read_tree(const std::string& directory) {
    namespace fs = std::filesystem;
    std::error_code failed;
    std::map<std::string, Bytes> contents;
    std::size_t total = 0;
    fs::recursive_directory_iterator walk(directory, failed), end;
    if (failed) return Error::of("web.unreadable").with("path", directory).because(failed.message());
    while (walk != end) {
        const fs::directory_entry& entry = *walk;
        if (entry.path().filename().string().front() == '.') {
            walk.disable_recursion_pending();
        } else if (!entry.is_symlink() && entry.is_regular_file()) {
            QUDAO_TRY(content, read_file(entry.path()));
            total += content.size();
            if (total > kMaxTotalBytes) return Error::of("web.too_large").with("limit_bytes", static_cast<std::int64_t>(kMaxTotalBytes));
            contents.emplace("/" + entry.path().lexically_relative(directory).generic_string(), bytes(std::move(content)));
        }
        walk.increment(failed);
        if (failed) return Error::of("web.unreadable").with("path", directory).because(failed.message());
    }
    return contents;
}

}  // namespace

std::string_view mime_of(std::string_view name) {
    const std::string extension = lower(extension_of(name));
    for (const Mime& mime : kMimes)
        if (mime.extension == extension) return mime.type;
    return "application/octet-stream";
}

bool is_hashed_name(std::string_view name) {
    name = name.substr(name.rfind('/') + 1);
    for (std::size_t from = 0; from < name.size();) {
        const std::size_t end = std::min(name.find_first_of(".-", from), name.size());
        const std::string_view part = name.substr(from, end - from);
        const bool hex = part.size() >= 8 && part.find_first_not_of("0123456789abcdef") == part.npos;
        if (hex && from > 0 && end < name.size()) return true;
        from = end + 1;
    }
    return false;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
    for (std::size_t from = 0; from < if_none_match.size();) {
        const std::size_t end = std::min(if_none_match.find(',', from), if_none_match.size());
        std::string_view one = trim(if_none_match.substr(from, end - from));
        from = end + 1;
        if (one == "*") return true;
        if (one.substr(0, 2) == "W/") one.remove_prefix(2);
        if (one == etag) return true;
    }
    return false;
}

bool accepts(std::string_view header, std::string_view coding) {
    for (std::size_t from = 0; from < header.size();) {
        const std::size_t end = std::min(header.find(',', from), header.size());
        const std::string_view item = header.substr(from, end - from);
        from = end + 1;
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        if (lower(trim(item.substr(0, semicolon))) != coding) continue;
        std::string_view weight = semicolon < item.size() ? trim(item.substr(semicolon + 1)) : std::string_view();
        if (weight.substr(0, 2) == "q=" || weight.substr(0, 2) == "Q=") weight.remove_prefix(2);
        return weight.empty() || weight.find_first_not_of("0.") != weight.npos;  // q=0 and q=0.000 refuse
    }
    return false;
}

Result<StaticFiles> StaticFiles::load(const std::string& directory) {
    QUDAO_TRY(contents, read_tree(directory));
    StaticFiles files;
    for (const auto& [name, content] : contents) {
        const bool compressed = (ends_with(name, ".br") || ends_with(name, ".gz")) && contents.count(name.substr(0, name.size() - 3)) != 0;
        if (compressed) continue;
        const auto form = [&found = contents, &plain = name](std::string_view suffix) {
            const auto it = found.find(plain + std::string(suffix));
            return it == found.end() ? Bytes() : it->second;
        };
        files.files_.emplace(name, File{Digest().add(*content).hex(), mime_of(name), is_hashed_name(name), content, form(".br"), form(".gz")});
    }
    if (files.files_.count(kIndex) == 0) return Error::of("web.no_index").with("path", directory);
    return files;
}

Reply StaticFiles::reply(const Head& head) const {
    std::string path = decode_path(head.path);
    if (!path.empty() && path.back() == '/') path.append("index.html");
    auto found = files_.find(path);
    // An address of the page itself ("/customers/42") has no extension; a missing script must not come as a page.
    if (found == files_.end() && !path.empty() && extension_of(path).empty()) found = files_.find(kIndex);
    if (found == files_.end()) return Reply{404, {}, nullptr};
    return reply_with(found->second, head);
}

Reply StaticFiles::reply_with(const File& file, const Head& head) {
    const std::string_view encodings = head.header("accept-encoding");
    Reply reply{200, {}, file.plain};
    std::string etag = "\"" + file.etag;
    if (file.brotli && accepts(encodings, "br")) {
        reply.body = file.brotli;
        etag.append("-br");
        reply.add("Content-Encoding", "br");
    } else if (file.gzip && accepts(encodings, "gzip")) {
        reply.body = file.gzip;
        etag.append("-gz");
        reply.add("Content-Encoding", "gzip");
    }
    etag.push_back('"');
    if (etag_matches(head.header("if-none-match"), etag)) reply = Reply{304, {}, nullptr};
    reply.add("ETag", etag);
    reply.add("Vary", "Accept-Encoding");
    reply.add("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (reply.status == 200) reply.add("Content-Type", std::string(file.mime));
    return reply;
}

}  // namespace qudao::http
