// Imports of feeds (rows A1-A6), from a source of bytes to merged data, in steps that each are one transaction:
//
//   survey   the whole file is read once: a file that stops half-way, is of another kind or does not count right is refused
//            before anything is stored; the same file again, while what it brought still holds, is answered with what the first did
//   load     lines are staged, some thousand at a time; lines that are wrong are kept with number and reason
//   merge    staged rows are merged in the order of their keys; how far is written with each step
//
// A run belongs to whoever holds its attempt; each step writes the run where the attempt is its own. So a program killed
// anywhere leaves a run that another takes over: one that was loading is given up and its file is read again, one that was
// merging is finished from where it was. Nothing is applied twice, nothing is lost.
//
// Readings: a file older than the newest done of its kind and source is refused (a daily file is a full extract), and so is
// one of a day after tomorrow or of a month to come: it would shut out the right ones; charges
// replace their period at any time; more than a tenth of the lines wrong, and more than a hundred, refuses the file.
#pragma once

#include <string>
#include <vector>

#include "shared/feed/reader.hpp"
#include "shared/ports/clock.hpp"
#include "shared/ports/database.hpp"
#include "shared/ports/progress.hpp"

namespace qudao::service {

struct FeedTools {
    ports::Database& database;
    ports::Clock& clock;
};

struct FeedLimits {
    std::size_t lines_per_step = 20'000;
    std::size_t rows_per_step = 10'000;
    std::int64_t lease_ms = 30'000;  // a worker not seen for so long is gone
};

struct FeedOrder {
    feed::Kind kind = feed::Kind::subscribers;
    std::string file_name;
    PersonId person;     // 0: the command line, the watched folder
    FeedRunId upload;    // the run that the parts were sent for; 0: none
};

struct FeedOutcome {
    ports::FeedRun run;
    bool repeated = false;  // the same file was done before: nothing was changed
};

// The errors of feed::survey, feed.older {newest}, feed.future {found, today}, feed.busy {run}, feed.too_many_rejected {rejected, read}, feed.taken_over,
// partition.*, work.cancelled, database.*. What refuses a file is also written down as a refused run.
Result<FeedOutcome> import_feed(const FeedTools& tools, feed::Source& source, const FeedOrder& order, ports::Progress& progress,
                                const FeedLimits& limits = {});

// Imports what was uploaded for a run, or goes on with it where a worker that is gone left it: the caller knows that it is
// gone. One that is done is answered as it was done, one that was refused with why. feed.unknown_upload, and those of import_feed.
Result<FeedOutcome> import_upload(const FeedTools& tools, FeedRunId upload, ports::Progress& progress, const FeedLimits& limits = {});

// Finishes what workers that are gone left merging, and gives up what they left loading: runs seen to. `now` skips the wait
// for the lease: for whoever knows that nobody else works.
Result<std::int64_t> resume_feeds(const FeedTools& tools, ports::Progress& progress, bool now = false, const FeedLimits& limits = {});

// Before another upload begins: those of which nobody has asked for the import within a day, and the person's oldest ones, go
// with their parts.
inline constexpr std::int64_t kUploadMs = 24 * 3'600'000;
inline constexpr std::size_t kMostWaitingUploads = 4;
Status drop_abandoned_uploads(ports::UnitOfWork& work, PersonId person, Instant now);

// An upload's bytes, part after part.
class PartSource final : public feed::Source {
public:
    PartSource(ports::Database& database, FeedRunId run, std::int64_t size) : database_(database), run_(run), size_(size) {}
    Result<std::size_t> read(char* into, std::size_t size) override;
    Status rewind() override;
    std::int64_t size_bytes() const override { return size_; }

private:
    ports::Database& database_;
    FeedRunId run_;
    std::int64_t size_;
    std::int32_t next_ = 0;
    std::string part_;
    std::size_t at_ = 0;
};

}  // namespace qudao::service
