#include <chrono>
#include <iostream>
#include <set>
#include <thread>

#include "server/app/command.hpp"
#include "server/app/commands.hpp"
#include "server/app/system_clock.hpp"
#include "server/feeds/file_source.hpp"
#include "server/feeds/watched_folder.hpp"

namespace qudao::app {
namespace {

constexpr std::chrono::seconds kBetweenLooks{5};

void print(const service::FeedOutcome& outcome) {
    const ports::FeedRun& run = outcome.run;
    const ports::FeedCounts& counts = run.counts;
    std::cout << "run " << run.id.value << ' ' << feed::code_of(run.head.kind) << ' '
              << (run.head.period ? std::to_string(run.head.period.yyyymm) : format_date(run.head.day)) << (outcome.repeated ? ": was done before, nothing changed" : "")
              << "\n  read " << counts.read << "  new " << counts.fresh << "  changed " << counts.changed << "  unchanged " << counts.unchanged << "  rejected "
              << counts.rejected << '\n';
    if (run.head.kind == feed::Kind::subscribers)
        std::cout << "  new customers " << counts.customers << ", of them in a pool " << counts.pooled << "; cabinet and number range disagree " << counts.disagreements << '\n';
    if (run.head.kind == feed::Kind::lines || (run.head.kind == feed::Kind::subscribers && counts.raised != 0)) std::cout << "  proposals " << counts.raised << '\n';
    if (counts.unknown != 0) std::cout << "  of numbers that no subscriber has " << counts.unknown << ": they count for nobody\n";
    if (run.head.kind == feed::Kind::arrears) std::cout << "  conflicts of the two sources " << counts.raised << '\n';
}

Status import_file(const FeedOptions& options) {
    const auto kind = feed::kind_of(options.kind);
    if (!kind) return Error::of("feed.unknown_kind").with("kind", options.kind);
    QUDAO_TRY(database, open_migrated(options.db));
    QUDAO_TRY(source, feeds::FileSource::open(options.file));
    SystemClock clock;
    ConsoleProgress progress;
    const std::filesystem::path path(options.file);
    const auto outcome = service::import_feed({*database, clock}, *source, {*kind, path.filename().string(), PersonId{}, FeedRunId{}}, progress);
    if (outcome) print(*outcome);
    const FeedRunId run = outcome ? outcome->run.id : feeds::refused_run(outcome.error());
    const bool lines = outcome ? outcome->run.counts.rejected != 0 && !outcome->repeated : static_cast<bool>(run);
    if (lines) {
        const std::string rejected = options.rejected.empty() ? options.file + ".rejected" : options.rejected;
        std::cout << "  lines left out: " << rejected << '\n';
        QUDAO_CHECK(feeds::write_rejected(*database, run, rejected));
    }
    return outcome ? done() : Status(outcome.error());
}

// True: nothing was refused.
Result<bool> watch(const FeedOptions& options) {
    QUDAO_TRY(database, open_migrated(options.db));
    SystemClock clock;
    ConsoleProgress progress;
    const service::FeedTools tools{*database, clock};
    std::set<std::filesystem::path> told;
    feeds::Look look;
    do {
        QUDAO_CHECK(service::resume_feeds(tools, progress));
        QUDAO_TRY(looked, feeds::import_folder(tools, options.file, progress, [](const feeds::Watched& one) {
            if (one.outcome) {
                print(*one.outcome);
                return std::string();
            }
            const Error error = Error(one.outcome.error()).with("file", one.file.filename().string());
            (void)fail("feed watch", error);
            return words_of(error);
        }));
        look = std::move(looked);
        // Once each, not at every look.
        for (const std::filesystem::path& file : look.ignored)
            if (told.insert(file).second) (void)fail("feed watch", Error::of("feed.ignored").with("file", file.filename().string()));
        if (!options.once) std::this_thread::sleep_for(kBetweenLooks);
    } while (!options.once);
    return look.refused == 0;
}

Status resume(const FeedOptions& options) {
    QUDAO_TRY(database, open_migrated(options.db));
    SystemClock clock;
    ConsoleProgress progress;
    QUDAO_TRY(runs, service::resume_feeds({*database, clock}, progress, true));
    std::cout << "runs seen to: " << runs << '\n';
    return done();
}

int ended(std::string_view command, const Status& status) { return status ? kDone : fail(command, status.error()); }

}  // namespace

int feed_import(const FeedOptions& options) { return ended("feed import", import_file(options)); }
int feed_watch(const FeedOptions& options) {
    const auto watched = watch(options);
    if (!watched) return fail("feed watch", watched.error());
    return *watched ? kDone : kFailed;
}
int feed_resume(const FeedOptions& options) { return ended("feed resume", resume(options)); }

}  // namespace qudao::app
