#include "server/feeds/watched_folder.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <optional>
#include <vector>

#include "server/feeds/file_source.hpp"

namespace qudao::feeds {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kSettled{2};       // not written to for so long, and its end is there
constexpr std::chrono::seconds kGivenUp{10 * 60};  // ... and it is not: nobody is sending any more
constexpr std::streamoff kTail = 64;               // an end line is far shorter
constexpr std::size_t kLinesPerRead = 5000;

std::optional<feed::Kind> kind_of_name(const std::string& name) { return feed::kind_of(name.substr(0, name.find_first_of("-_."))); }

bool has_end(const fs::path& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return false;
    const std::streamoff size = file.tellg();
    file.seekg(std::max<std::streamoff>(0, size - kTail));
    std::string tail(static_cast<std::size_t>(kTail), '\0');
    file.read(tail.data(), kTail);
    tail.resize(static_cast<std::size_t>(file.gcount()));
    return tail.find("\n#end|") != std::string::npos;
}

std::vector<Watched> settled_files(const fs::path& folder, std::vector<fs::path>& ignored, std::error_code& error) {
    std::vector<Watched> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        std::error_code gone;
        const std::string name = entry.path().filename().string();
        const auto kind = kind_of_name(name);
        if (name.starts_with('.') || !entry.is_regular_file(gone)) continue;
        const auto written = entry.last_write_time(gone);
        const auto rested = fs::file_time_type::clock::now() - written;
        if (gone || rested < kSettled) continue;
        if (!kind) {
            ignored.push_back(entry.path());
            continue;
        }
        if (rested < kGivenUp && !has_end(entry.path())) continue;
        files.push_back({entry.path(), *kind, Error::of("internal")});
    }
    std::sort(ignored.begin(), ignored.end());
    std::sort(files.begin(), files.end(), [](const Watched& a, const Watched& b) { return a.kind != b.kind ? a.kind < b.kind : a.file < b.file; });
    return files;
}

// Never over another of the same name.
fs::path free_name(const fs::path& wanted) {
    fs::path path = wanted;
    for (int i = 2; fs::exists(path); ++i) path = wanted.parent_path() / (wanted.stem().string() + "." + std::to_string(i) + wanted.extension().string());
    return path;
}

Result<fs::path> put_away(const fs::path& file, const char* where, ports::Database& database, FeedRunId run) {
    std::error_code error;
    const fs::path folder = file.parent_path() / where;
    fs::create_directories(folder, error);
    const fs::path target = free_name(folder / file.filename());
    fs::rename(file, target, error);
    if (error) return Error::of("feed.folder").with("folder", folder.string());
    if (run) QUDAO_CHECK(write_rejected(database, run, target.string() + ".rejected"));
    return target;
}

Status refuse(const fs::path& file, ports::Database& database, FeedRunId run, const std::string& why) {
    QUDAO_TRY(target, put_away(file, "refused", database, run));
    const fs::path path = target.string() + ".reason";
    std::ofstream out(path, std::ios::binary);
    out << why;
    return out.flush() ? done() : Status(Error::of("feed.folder").with("folder", path.string()));
}

// Whether the file had its turn: anything else may go well another time.
bool is_final(const Error& error) { return error.code.starts_with("feed.") && error.code != "feed.busy" && error.code != "feed.taken_over" && error.code != "feed.read"; }

}  // namespace

FeedRunId refused_run(const Error& error) {
    const std::string_view text = error.code == "feed.too_many_rejected" ? error.param("run") : std::string_view();
    std::int64_t run = 0;
    std::from_chars(text.data(), text.data() + text.size(), run);
    return FeedRunId{run};
}

Status write_rejected(ports::Database& database, FeedRunId run, const fs::path& path) {
    QUDAO_TRY(work, database.begin(ports::Access::read));
    std::ofstream file;
    for (std::int64_t after = 0;;) {
        QUDAO_TRY(lines, work->feeds().rejected(run, after, kLinesPerRead));
        if (lines.empty()) break;
        if (!file.is_open()) file.open(path, std::ios::binary);
        for (const feed::Rejected& line : lines) file << line.line << '|' << line.reason << '|' << line.field << '|' << line.text << '\n';
        after = lines.back().line;
    }
    if (file.is_open() && !file.flush()) return Error::of("feed.folder").with("folder", path.string());
    return done();
}

Result<Look> import_folder(const service::FeedTools& tools, const fs::path& folder, ports::Progress& progress, const EachWatched& each) {
    std::error_code error;
    Look look;
    std::vector<Watched> files = settled_files(folder, look.ignored, error);
    if (error) return Error::of("feed.folder").with("folder", folder.string());
    for (Watched& one : files) {
        auto source = FileSource::open(one.file);
        if (!source) continue;
        one.outcome = service::import_feed(tools, **source, {one.kind, one.file.filename().string(), PersonId{}, FeedRunId{}}, progress);
        source->reset();
        const std::string said = each(one);
        if (one.outcome) {
            QUDAO_CHECK(put_away(one.file, "done", tools.database, one.outcome->run.id));
        } else if (is_final(one.outcome.error())) {
            ++look.refused;
            QUDAO_CHECK(refuse(one.file, tools.database, refused_run(one.outcome.error()), said));
        }
    }
    return look;
}

}  // namespace qudao::feeds
