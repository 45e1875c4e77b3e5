// Feeds of other systems (row A6): when each last went well and how late it is, the imports and how they go over time, an upload
// and its progress.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/feed_dto.hpp"

namespace qudao::client::feeds {

struct Upload {
    std::string file_name;
    std::int64_t sent = 0;
    std::int64_t bytes = 0;
    std::optional<dto::JobDto> job;  // all sent: being imported
};

enum class Tab : std::uint8_t { imports, trend, conflicts };

struct Model {
    Tab tab = Tab::imports;
    PagedList conflicts{ListId::arrear_conflicts, query::Source::arrear_conflict};  // arrears that the two sources state differently
    Remote<std::vector<dto::FeedDto>> feeds;
    std::vector<dto::FeedRunDto> runs;       // newest first
    std::optional<std::int64_t> next;
    bool more_loading = false;
    std::string trend_kind = "subscribers";
    std::optional<Upload> upload;
    std::optional<dto::FeedRunDto> imported;  // by the last upload
    std::optional<Error> error;               // of it
    std::int64_t saving = 0;                  // run whose rejected lines are being fetched
};

struct Opened { Address address; };
struct FeedsCame {
    std::int64_t before = 0;
    Result<dto::FeedsDto> feeds;
};
struct Refreshed {};
struct MoreWanted {};
struct PickPressed {};
struct FilePicked { platform::File file; };
struct Sent { std::int64_t bytes = 0; };
struct Progressed { dto::JobDto job; };
struct UploadEnded { Result<dto::FeedRunDto> run; };
struct TabPressed { Tab tab = Tab::imports; };
struct TrendKindPressed { std::string kind; };
struct MoreConflictsWanted {};
struct ConflictsRetried {};
struct ExportPressed {};
struct RejectedPressed { std::int64_t run = 0; };
struct RejectedSaved { std::optional<Error> error; };
using Event = std::variant<Opened, FeedsCame, Refreshed, MoreWanted, PickPressed, FilePicked, Sent, Progressed, UploadEnded, RejectedPressed, RejectedSaved, TabPressed,
                           TrendKindPressed, MoreConflictsWanted, ConflictsRetried, ExportPressed, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.feeds);
    if (model.tab == Tab::conflicts) asked(model.conflicts);
    asked.doing(model.upload.has_value() || model.more_loading);
}
inline std::optional<Event> again(const Model&) { return Refreshed{}; }
Address address_of(const Model& model);

// What the imports of a kind did, by the day or account period of their data, oldest first: of those that have come, the last
// import of each source counts. A day on which a daily kind did not come stands among them, without figures.
struct TrendPoint {
    std::string of;   // day or period, in words
    bool came = false;
    std::int64_t fresh = 0, changed = 0, rejected = 0;  // rows
};
struct Trend {
    bool monthly = false;
    std::vector<TrendPoint> points;
};
Trend trend_of(const Model& model, const World& world);

// "2026-11-18" or "2026年11月".
std::string day_words(const World& world, std::string_view day, std::int32_t period);
// Why a run was refused; empty when it was not.
std::string refusal_words(const World& world, const dto::FeedRunDto& run);
// How many lines of a run count for nobody; empty: none.
std::string unknown_words(const World& world, const dto::FeedRunDto& run);
// The kind that a file's first bytes name; none: it is no feed.
std::optional<std::string> kind_of_head(std::string_view bytes);

}  // namespace qudao::client::feeds
