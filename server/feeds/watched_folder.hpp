// The folder into which other systems put their feeds for the nightly run. A file is named by its kind:
// subscribers-20261118.txt; one named otherwise is left where it is, and told. What was imported goes to done/, what was
// refused to refused/, with the reason beside it, each with a list of the lines left out. A file that is still being written is left for the next time: one with its end line is taken when it has
// rested for two seconds, one without (a sender that pauses) when nothing has come for ten minutes; it is then refused.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "shared/service/feed_service.hpp"

namespace qudao::feeds {

struct Watched {
    std::filesystem::path file;
    feed::Kind kind = feed::Kind::subscribers;
    Result<service::FeedOutcome> outcome = Error::of("internal");
};
// Of each file as it ends: says it, and gives the words that are kept beside one that was refused.
using EachWatched = std::function<std::string(const Watched&)>;

struct Look {
    std::int64_t refused = 0;
    std::vector<std::filesystem::path> ignored;  // settled files whose names begin with no kind, but for hidden ones; by name
};

// One look: every settled file, by kind in the order of dependence, then by name. feed.folder {folder}. What becomes of a file
// is told to `each`; a busy database or another importer leaves it where it is.
Result<Look> import_folder(const service::FeedTools& tools, const std::filesystem::path& folder, ports::Progress& progress, const EachWatched& each);

// The refused run whose lines are kept, of an error of import_feed; 0: there is none.
FeedRunId refused_run(const Error& error);

// Lines that were left out, beside the file: "line_no|reason|field|text". Nothing when there are none.
Status write_rejected(ports::Database& database, FeedRunId run, const std::filesystem::path& path);

}  // namespace qudao::feeds
