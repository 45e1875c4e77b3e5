// The web client's files, read into memory once at start: a request finds a file by its exact name among those that were
// there, so no path can lead elsewhere, and files replaced under a running server do not mix versions.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/http/head.hpp"
#include "server/http/reply.hpp"
#include "shared/base/result.hpp"

namespace qudao::http {

// "application/wasm" for "a/b.wasm"; application/octet-stream when unknown.
std::string_view mime_of(std::string_view name);
// Whether the name carries a hash of the content ("app.1f3a9c20.js"): what it names never changes.
bool is_hashed_name(std::string_view name);
// Whether the header's list of ETags has this one, or is "*" (weak comparison).
bool etag_matches(std::string_view if_none_match, std::string_view etag);
// Whether an Accept-Encoding header takes the coding.
bool accepts(std::string_view accept_encoding, std::string_view coding);

class StaticFiles {
public:
    // Symbolic links and names starting with a dot are left out; x.br and x.gz beside x are its compressed forms.
    // Errors: web.unreadable {path}, web.no_index {path}, web.too_large.
    static Result<StaticFiles> load(const std::string& directory);

    // GET or HEAD of a path outside the API. A path that names no file and looks like none gives the page itself, which
    // knows its own addresses. 404 without a body otherwise: the caller adds one.
    Reply reply(const Head& head) const;

private:
    struct File {
        std::string etag;  // without quotes
        std::string_view mime;
        bool immutable = false;
        Bytes plain, brotli, gzip;
    };
    static Reply reply_with(const File& file, const Head& head);
    std::map<std::string, File, std::less<>> files_;  // by "/path/name"
};

}  // namespace qudao::http
