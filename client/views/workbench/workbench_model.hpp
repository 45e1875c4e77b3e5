// The bulk adjustment workbench (rows D10-D12): open a workbook, see what each row would do, drop rows, see who gains and
// loses, commit. The workbook itself lives in the engine; here is what a person looks at.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "client/engine/workbench_types.hpp"
#include "client/platform/files.hpp"
#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/unit_names.hpp"
#include "client/views/common/world.hpp"

namespace qudao::client::workbench {

enum class Stage : std::uint8_t {
    empty,     // nothing is open
    reading,   // opened, the first plan is not there yet
    failed,    // the file could not be read; `error` says why and what to do
    planned,
};
enum class Tab : std::uint8_t { rows, totals, flows, sight };
enum class Level : std::uint8_t { channel, network, department, place };  // of the chart

// What went wrong while a plan is on screen.
struct Trouble {
    std::string during;   // as in engine::Failed
    Error error;
};

// A workbook that was open when the page was left, kept by the browser.
struct Kept {
    platform::File file;
    std::string dropped_rows;      // engine::Summary
    std::int64_t opened_unix_ms = 0;
};

// A workbook to open instead of the one whose work would be lost.
struct Waiting {
    platform::File file;  // or, when not valid:
    std::string cells;
};

struct Rows {
    engine::RowFilter filter;
    std::string order = "row";
    bool descending = false;
    engine::RowsPage page;             // the stretch that is here
    bool came = false;
    bool loading = false;              // a stretch is under way
    std::int64_t asked_from = -1;      // of the stretch under way
    std::uint32_t shown = 0;           // changes when they begin anew at the top
    std::set<std::int64_t> checked;    // RowView::index
    bool all_checked = false;          // all that match, on screen or not

    const engine::RowView* at(std::int64_t row) const;  // null when it is not here
    // Where the stretch begins that should be fetched for these rows to be seen; none when what is here, or under way,
    // will do.
    std::optional<std::int64_t> stretch_wanted(std::int64_t first_seen, std::int64_t last_seen) const;
};

struct Model {
    Stage stage = Stage::empty;
    std::string file_name;
    engine::FileFacts facts;
    engine::Progress progress;
    Error error;
    std::optional<engine::Summary> summary;
    UnitNames names;                     // of every unit of the summary
    bool planning = false;               // a new plan is under way
    std::optional<engine::Changes> changes;   // what was different when the plan was made anew
    bool changes_open = false;           // the dialog that lists them
    Rows rows;
    Tab tab = Tab::rows;
    Tree tree = Tree::area;
    Level level = Level::place;
    bool chart = false;                  // totals as bars instead of a table
    bool by_revenue = false;             // the chart's measure
    bool flows_chart = false;            // flows as a picture instead of a table
    Remote<dto::SightDto> sight;
    bool sight_whole = true;
    std::optional<Trouble> trouble;
    bool confirm_open = false;
    std::optional<dto::JobDto> committing;
    bool uncertain = false;              // the network failed during a commit: it may have been done
    std::optional<Waiting> waiting;      // asks whether to give up the open one
    std::optional<Kept> kept;            // opened again when this screen is
    bool restored = false;               // what is open was open before a reload or log-out
    std::int64_t age_minutes = 0;        // since it was opened, when it was restored

    // Something would be lost by leaving.
    bool unsaved() const { return stage == Stage::planned || committing.has_value(); }
};

// --- what the person did
struct Opened { Address address; };   // a table's filter and which view of the plan; another file does not follow from it
struct PickPressed {};
struct FilesDropped { std::vector<platform::File> files; };
struct CellsPasted { std::string cells; };
struct ReplaceConfirmed { bool replace = false; };
struct TemplatePressed {};
struct ClosePressed {};
struct FilterChanged { engine::RowFilter filter; };
struct OrderChanged {
    std::string order;
    bool descending = false;
};
struct RowsVisible {
    std::int64_t first = 0;
    std::int64_t last = 0;
};
struct RowChecked { std::int64_t index = 0; };
struct AllChecked {};
struct DropChecked { bool drop = true; };
struct DropRefused {};        // all of them, kept as a workbook
struct RestoreDropped {};     // all of them
struct SaveRefusedPressed {};
struct SaveDroppedPressed {};
struct TabPressed { Tab tab = Tab::rows; };
struct TreePressed { Tree tree = Tree::area; };
struct LevelPressed { Level level = Level::place; };
struct ShapePressed { bool chart = false; };   // of the tab on screen
struct MeasurePressed { bool by_revenue = false; };
struct CommitPressed {};
struct CommitClosed {};
struct CommitConfirmed {};
struct RereadPressed {};
struct RetryPressed {};
struct ChangesPressed {};     // lists them
struct ChangesHidden {};      // ... no longer
struct ChangesClosed {};      // read and done with
struct SightRetried {};
struct CommitNotTaken {};     // the server never got the one that is uncertain
struct TroublePassed {};      // what stood in the way of a commit is gone; nothing was committed
struct WorldChanged {};       // date, rights or organisation: the plan may differ
struct OrganisationCame {};   // its units may have other names, or others beside them
struct KeptFound { Kept kept; };
struct Aged { std::int64_t minutes = 0; };  // of what was restored

// --- what the engine told
struct Progressed { engine::Progress progress; };
struct FileRead { engine::FileFacts facts; };
struct Planned {
    engine::Summary summary;
    std::optional<engine::Changes> changes;
};
struct RowsCame { engine::RowsPage page; };
struct SightCame {
    dto::SightDto sight;
    bool whole = true;
};
struct Committing { dto::JobDto job; };
struct Committed { dto::BatchDto batch; };
struct Failed {
    std::string during;
    Error error;
};

using Event = std::variant<Opened, PickPressed, FilesDropped, CellsPasted, ReplaceConfirmed, TemplatePressed, ClosePressed, FilterChanged,
                           OrderChanged, RowsVisible, RowChecked, AllChecked, DropChecked, DropRefused, RestoreDropped,
                           SaveRefusedPressed, SaveDroppedPressed, TabPressed, TreePressed, LevelPressed, ShapePressed, MeasurePressed, CommitPressed,
                           CommitClosed, CommitConfirmed, RereadPressed, RetryPressed, ChangesPressed, ChangesHidden, ChangesClosed,
                           SightRetried, CommitNotTaken, TroublePassed, WorldChanged, OrganisationCame, KeptFound, Aged, Progressed, FileRead,
                           Planned, RowsCame, SightCame, Committing, Committed, Failed>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.sight);
    asked.doing(model.stage == Stage::reading || model.planning || model.committing.has_value() || model.rows.loading);
    // A commit is never sent again unasked.
    if (model.trouble && model.trouble->during != "commit") asked.missing(model.trouble->error);
}
inline std::optional<Event> again(const Model& model) { return model.trouble ? Event(RetryPressed{}) : Event(SightRetried{}); }
// "/moves" until a plan is on screen; then what is looked at: "/moves?tab=totals&tree=channel".
Address address_of(const Model& model);

// Why the commit button is off, in words; empty when it is on.
std::string why_not_commit(const Model& model, const World& world);
// Cells of a spreadsheet as the text of a workbook: a header is put before them when they have none.
std::string with_header(std::string_view cells);
std::int64_t count_of(const std::vector<dto::CountDto>& counts, std::string_view code);

}  // namespace qudao::client::workbench
