#include "server/http/static_files.hpp"

#include <catch2/catch.hpp>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

using namespace qudao::http;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "qudao-web-XXXXXX").string();
        path = mkdtemp(name.data());
        write("index.html", "<page>");
        write("app.1f3a9c20.js", "script");
        write("app.1f3a9c20.js.br", "br");
        write("app.1f3a9c20.js.gz", "gz");
        write("fonts/a b.ttf", "font");
        write("lonely.gz", "no plain file beside it");
        write(".hidden", "secret");
        write(".git/config", "secret");
        fs::create_symlink("/etc/passwd", path / "link.txt");
    }
    ~Folder() { fs::remove_all(path); }
    void write(const std::string& name, const std::string& content) const {
        fs::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << content;
    }
};

Head get(const std::string& path, std::vector<std::pair<std::string, std::string>> headers = {}) {
    Head head;
    head.method = "GET";
    head.path = path;
    head.headers = std::move(headers);
    return head;
}
std::string header(const Reply& reply, const std::string& name) {
    for (const auto& [known, value] : reply.headers)
        if (known == name) return value;
    return {};
}

}  // namespace

TEST_CASE("files come with their type, caching and the form the browser takes") {
    const Folder folder;
    const auto files = StaticFiles::load(folder.path.string());
    REQUIRE(files);
    const Reply plain = files->reply(get("/app.1f3a9c20.js"));
    CHECK(*plain.body == "script");
    CHECK(header(plain, "Content-Type") == "text/javascript; charset=utf-8");
    CHECK(header(plain, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(header(plain, "Vary") == "Accept-Encoding");
    const Reply brotli = files->reply(get("/app.1f3a9c20.js", {{"accept-encoding", "gzip, br;q=0.9"}}));
    CHECK(*brotli.body == "br");
    CHECK(header(brotli, "Content-Encoding") == "br");
    CHECK(header(brotli, "ETag") != header(plain, "ETag"));
    const Reply gzip = files->reply(get("/app.1f3a9c20.js", {{"accept-encoding", "gzip, br;q=0"}}));
    CHECK(*gzip.body == "gz");
    const Reply index = files->reply(get("/"));
    CHECK(*index.body == "<page>");
    CHECK(header(index, "Cache-Control") == "no-cache");
    CHECK(*files->reply(get("/fonts/a%20b.ttf")).body == "font");
    CHECK(*files->reply(get("/lonely.gz")).body == "no plain file beside it");
}

TEST_CASE("an ETag that is known gives 304 without a body") {
    const Folder folder;
    const auto files = StaticFiles::load(folder.path.string());
    const std::string etag = header(files->reply(get("/")), "ETag");
    REQUIRE(etag.size() > 2);
    for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
        const Reply reply = files->reply(get("/", {{"if-none-match", known}}));
        CHECK(reply.status == 304);
        CHECK_FALSE(reply.body);
    }
    CHECK(files->reply(get("/", {{"if-none-match", "\"other\""}})).status == 200);
}

TEST_CASE("an address of the page gives the page, a missing file does not") {
    const Folder folder;
    const auto files = StaticFiles::load(folder.path.string());
    CHECK(*files->reply(get("/customers/42")).body == "<page>");
    CHECK(files->reply(get("/missing.js")).status == 404);
    CHECK(files->reply(get("/missing.wasm")).status == 404);
}

TEST_CASE("no path leads out of the folder or to what is hidden in it") {
    const Folder folder;
    const auto files = StaticFiles::load(folder.path.string());
    for (const char* path : {"/../etc/passwd.txt", "/%2e%2e/%2e%2e/etc/hosts.txt", "/..%2f..%2fetc/passwd.x", "//etc/passwd.txt", "/fonts/../index.html",
                             "/.hidden", "/.git/config.txt", "/link.txt", "/index.html%00.js", "/\\..\\index.html", "/%"})
        CHECK(files->reply(get(path)).status == 404);
    for (const char* path : {"/../etc/passwd", "/.git/config"}) {  // look like an address of the page
        const Reply reply = files->reply(get(path));
        CHECK((reply.status == 404 || *reply.body == "<page>"));
    }
}

TEST_CASE("a folder without a page, or none at all, is told") {
    const Folder folder;
    fs::remove(folder.path / "index.html");
    CHECK(StaticFiles::load(folder.path.string()).error().code == "web.no_index");
    CHECK(StaticFiles::load((folder.path / "nowhere").string()).error().code == "web.unreadable");
}

TEST_CASE("names with a hash of the content are told from others") {
    CHECK(is_hashed_name("/app.1f3a9c20.js"));
    CHECK(is_hashed_name("/a/app-1f3a9c20ab.wasm"));
    CHECK_FALSE(is_hashed_name("/index.html"));
    CHECK_FALSE(is_hashed_name("/1f3a9c20.js"));
    CHECK_FALSE(is_hashed_name("/app.1f3a9.js"));
    CHECK_FALSE(is_hashed_name("/qudao-sans.ttf"));
}
