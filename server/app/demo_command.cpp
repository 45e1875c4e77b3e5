#include <filesystem>
#include <fstream>
#include <iostream>

#include "server/app/command.hpp"
#include "server/app/commands.hpp"
#include "server/auth/sodium_secrets.hpp"
#include "shared/demo/feeds.hpp"
#include "shared/demo/fill.hpp"
#include "shared/demo/sample_moves.hpp"

namespace qudao::app {
namespace {

Result<std::int64_t> customers_in(ports::Database& database) {
    QUDAO_TRY(work, database.begin(ports::Access::read));
    return work->customers().count();
}

Status write_sample(const DemoOptions& options, const demo::Options& data) {
    demo::SampleOptions sample;
    sample.rows = options.sample_rows;
    const auto moves = demo::sample_moves(data, sample);
    if (static_cast<std::int64_t>(moves.size()) < options.sample_rows)
        std::cerr << "sample: " << moves.size() << " rows; with so few customers there are no more to move\n";
    std::ofstream file(options.sample, std::ios::binary);
    file << demo::csv_of(moves);
    return file.flush() ? done() : Status(Error::of("plan.file").with("file", options.sample));
}

Status write_feeds(const std::filesystem::path& folder, const demo::Options& data) {
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    for (const demo::SampleFile& sample : demo::sample_feeds(data)) {
        std::ofstream file(folder / sample.name, std::ios::binary);
        file << sample.text;
        if (!file.flush()) return Error::of("plan.file").with("file", (folder / sample.name).string());
    }
    return done();
}

Status fill_database(const DemoOptions& options, const demo::Options& data) {
    QUDAO_TRY(database, open_migrated(options.db));
    QUDAO_TRY(count, customers_in(*database));
    if (count != 0 && options.if_empty) return done();
    auth::SodiumSecrets secrets;
    ConsoleProgress progress;
    return demo::fill(*database, secrets, data, progress);
}

}  // namespace

int demo(const DemoOptions& options) {
    const demo::Options data{options.seed, options.customers};
    if (const Status sized = demo::check(data); !sized) return fail("demo", sized.error());
    if (!options.db.empty())
        if (const Status filled = fill_database(options, data); !filled) return fail("demo", filled.error());
    if (!options.sample.empty())
        if (const Status written = write_sample(options, data); !written) return fail("demo", written.error());
    if (!options.feeds.empty())
        if (const Status written = write_feeds(options.feeds, data); !written) return fail("demo", written.error());
    return kDone;
}

int migrate(const std::string& db) {
    const auto database = open_migrated(db);
    if (!database) return fail("migrate", database.error());
    std::cout << "database: version " << sql::program_version() << '\n';
    return kDone;
}

}  // namespace qudao::app
