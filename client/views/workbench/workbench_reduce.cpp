#include <algorithm>
#include <array>
#include <utility>

#include "client/views/batches/batches_model.hpp"
#include "client/views/workbench/workbench_model.hpp"
#include "shared/base/money.hpp"
#include "shared/base/text.hpp"
#include "shared/workbook/move_template.hpp"

namespace qudao::client::workbench {
namespace {

constexpr std::int32_t kStretchRows = 600;   // fetched at once, the rows in view in the middle
constexpr std::int64_t kStepRows = 150;
constexpr std::int64_t kMarginRows = 100;    // fetched anew when the view comes this close to an end

bool is_network(const Error& error) { return error.code.substr(0, 8) == "network."; }

std::string without_extension(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

// As they stand in an address; the first is the usual one.
constexpr std::array<std::string_view, 4> kTabs = {"rows", "totals", "flows", "sight"};
constexpr std::array<std::string_view, 4> kLevels = {"channel", "network", "department", "place"};

std::size_t place_in(const std::array<std::string_view, 4>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    return &names == &kLevels ? static_cast<std::size_t>(Level::place) : 0;
}

engine::Words reason_words(const World& world) {
    engine::Words words;
    for (std::size_t i = 0; i < kReasons; ++i) {
        const std::string_view code = code_of(static_cast<Reason>(i));
        words.code.emplace_back(code);
        words.text.push_back(code_of(Reason::none) == code ? std::string(world.words(Text::workbench_dropped_by_hand))
                                                           : reason_sentence(world.language(), code, "{detail}"));
    }
    return words;
}

struct Reducer {
    Model& model;
    const World& world;

    // --- opening and closing ------------------------------------------------------------------------------------------
    Effects open(Waiting what) {
        const std::string name = what.file.valid() ? what.file.name() : std::string(world.words(Text::file_pasted_cells));
        model = Model{};
        model.stage = Stage::reading;
        model.file_name = name;
        model.progress.phase = "opening";
        if (what.file.valid()) return {OpenWorkbook{std::move(what.file), {}, 0}};
        return {OpenCells{with_header(what.cells)}};
    }
    Effects open_or_ask(Waiting what) {
        if (model.committing) return {Notify{NoticeTone::warn, std::string(world.words(Text::workbench_busy_committing))}};
        if (!model.unsaved()) return open(std::move(what));
        model.waiting = std::move(what);
        return {};
    }
    Effects operator()(const Opened& event) {
        const bool known = model.stage == Stage::planned;
        if (!known && !model.kept) return {};
        const engine::RowFilter before = model.rows.filter;
        take(event.address);
        if (!known) return open_kept();
        if (same(before, model.rows.filter)) return model.tab == Tab::sight ? (*this)(TabPressed{Tab::sight}) : Effects{};
        return rows_from_top();
    }
    static bool same(const engine::RowFilter& a, const engine::RowFilter& b) {
        return a.verdict == b.verdict && a.reason == b.reason && a.text == b.text && a.from_unit == b.from_unit && a.to_unit == b.to_unit &&
               a.hidden_only == b.hidden_only && a.restored_only == b.restored_only;
    }
    void take(const Address& address) {
        model.tab = static_cast<Tab>(place_in(kTabs, address.get("tab")));
        model.tree = address.get("tree") == code_of(Tree::channel) ? Tree::channel : Tree::area;
        model.level = static_cast<Level>(place_in(kLevels, address.get("level")));
        model.chart = address.get("as") == "chart";
        model.flows_chart = address.get("flows") == "chart";
        model.by_revenue = address.get("by") == "revenue";
        engine::RowFilter filter;
        if (const auto verdict = address.get("verdict"); !verdict.empty()) filter.verdict = std::string(verdict);
        if (const auto reason = address.get("reason"); !reason.empty()) filter.reason = std::string(reason);
        filter.text = std::string(address.get("find"));
        filter.hidden_only = address.get("only") == "hidden";
        filter.restored_only = address.get("only") == "restored";
        model.rows.filter = std::move(filter);
    }
    Effects open_kept() {
        Kept kept = std::move(*model.kept);
        const Model looked = std::exchange(model, Model{});
        model.stage = Stage::reading;
        model.file_name = kept.file.name();
        model.progress.phase = "opening";
        model.restored = true;
        model.age_minutes = looked.age_minutes;
        model.tab = looked.tab;
        model.tree = looked.tree;
        model.level = looked.level;
        model.chart = looked.chart;
        model.flows_chart = looked.flows_chart;
        model.by_revenue = looked.by_revenue;
        model.rows.filter = looked.rows.filter;
        return {OpenWorkbook{std::move(kept.file), std::move(kept.dropped_rows), kept.opened_unix_ms}};
    }
    Effects operator()(const KeptFound& event) {
        if (model.stage != Stage::empty || !world.may(Action::move_customer)) return {};
        model.kept = event.kept;
        return {Notify{NoticeTone::neutral, world.words(Text::workbench_kept, {{"file", event.kept.file.name()}})}};
    }
    Effects operator()(const Aged& event) {
        model.age_minutes = event.minutes;
        return {};
    }
    Effects operator()(const PickPressed&) { return {PickWorkbook{}}; }
    Effects operator()(const FilesDropped& event) {
        if (!world.may(Action::move_customer))
            return {Notify{NoticeTone::warn, sentence_of(world.language(), Error::of("rights.missing").with("right", code_of(Action::move_customer)))}};
        if (event.files.empty()) return {};
        Effects effects = open_or_ask({event.files.front(), {}});
        if (event.files.size() > 1) effects.push_back(Notify{NoticeTone::warn, std::string(world.words(Text::workbench_one_file))});
        return effects;
    }
    Effects operator()(const CellsPasted& event) {
        if (!world.may(Action::move_customer) || normalize_text(event.cells).empty()) return {};
        return open_or_ask({{}, event.cells});
    }
    Effects operator()(const ReplaceConfirmed& event) {
        if (!model.waiting) return {};
        Waiting what = std::move(*model.waiting);
        model.waiting.reset();
        return event.replace ? open(std::move(what)) : Effects{};
    }
    Effects operator()(const TemplatePressed&) { return {SaveTemplate{std::string(world.words(Text::file_template))}}; }
    Effects operator()(const ClosePressed&) {
        if (model.committing) return {};
        model = Model{};
        return {CloseWorkbook{}};
    }

    // --- rows -----------------------------------------------------------------------------------------------------------
    Effects fetch_rows(std::int64_t from) {
        model.rows.asked_from = from;
        model.rows.loading = true;
        return {FetchRows{{model.rows.filter, model.rows.order, model.rows.descending, from, kStretchRows}}};
    }
    Effects rows_from_top() {
        model.rows.checked.clear();
        model.rows.all_checked = false;
        ++model.rows.shown;
        return fetch_rows(0);
    }
    Effects operator()(const FilterChanged& event) {
        if (model.stage != Stage::planned) return {};
        model.rows.filter = event.filter;
        model.tab = Tab::rows;
        return rows_from_top();
    }
    Effects operator()(const OrderChanged& event) {
        model.rows.order = event.order;
        model.rows.descending = event.descending;
        return rows_from_top();
    }
    Effects operator()(const RowsVisible& event) {
        if (model.stage != Stage::planned || model.planning) return {};
        const auto from = model.rows.stretch_wanted(event.first, event.last);
        return from ? fetch_rows(*from) : Effects{};
    }
    Effects operator()(const RowsCame& event) {
        if (model.summary && event.page.revision != model.summary->revision) return {};  // judged by a plan that is gone
        model.rows.page = event.page;
        model.rows.came = true;
        model.rows.loading = false;
        model.rows.asked_from = event.page.from;
        return {};
    }
    Effects operator()(const RowChecked& event) {
        Rows& rows = model.rows;
        if (rows.all_checked) {  // from "all" to the ones here but this
            rows.all_checked = false;
            for (const engine::RowView& row : rows.page.rows) rows.checked.insert(row.index);
        }
        if (rows.checked.erase(event.index) == 0) rows.checked.insert(event.index);
        return {};
    }
    Effects operator()(const AllChecked&) {
        Rows& rows = model.rows;
        const bool none = !rows.all_checked && rows.checked.empty();
        rows.checked.clear();
        rows.all_checked = none;
        return {};
    }

    // --- dropping -------------------------------------------------------------------------------------------------------
    Effects plan_again(Effects effects) {
        model.planning = true;
        model.trouble.reset();
        return effects;
    }
    Effects operator()(const DropChecked& event) {
        Rows& rows = model.rows;
        engine::DropRequest request;
        request.drop = event.drop;
        if (rows.all_checked) request.filter = rows.filter;
        else request.rows.assign(rows.checked.begin(), rows.checked.end());
        if (!request.filter && request.rows.empty()) return {};
        return plan_again({DropRows{std::move(request)}});
    }
    Effects operator()(const DropRefused&) {
        if (!model.summary || model.summary->refused == 0) return {};
        engine::DropRequest request;
        request.filter.emplace();
        request.filter->verdict = std::string(code_of(Verdict::refused));
        // The workbook first: it is made of the rows as they are judged now.
        return plan_again({SaveRows{rows_workbook(true, false)}, DropRows{std::move(request)}});
    }
    Effects operator()(const RestoreDropped&) {
        if (!model.summary || model.summary->dropped == 0) return {};
        engine::DropRequest request;
        request.drop = false;
        request.filter.emplace();
        request.filter->verdict = std::string(code_of(Verdict::dropped));
        return plan_again({DropRows{std::move(request)}});
    }
    engine::RefusedWorkbookRequest rows_workbook(bool refused, bool dropped) const {
        const Text name = refused ? Text::file_refused : Text::file_dropped;
        return {refused, dropped, world.words(name, {{"name", without_extension(model.file_name)}}), reason_words(world)};
    }
    Effects operator()(const SaveRefusedPressed&) { return {SaveRows{rows_workbook(true, false)}}; }
    Effects operator()(const SaveDroppedPressed&) { return {SaveRows{rows_workbook(false, true)}}; }

    // --- looking --------------------------------------------------------------------------------------------------------
    Effects operator()(const TabPressed& event) {
        model.tab = event.tab;
        if (event.tab != Tab::sight || model.sight.state != RemoteState::idle) return {};
        model.sight.start();
        return {FetchSight{}};
    }
    Effects operator()(const TreePressed& event) {
        model.tree = event.tree;
        return {};
    }
    Effects operator()(const LevelPressed& event) {
        model.level = event.level;
        return {};
    }
    Effects operator()(const ShapePressed& event) {
        (model.tab == Tab::flows ? model.flows_chart : model.chart) = event.chart;
        return {};
    }
    Effects operator()(const MeasurePressed& event) {
        model.by_revenue = event.by_revenue;
        return {};
    }
    Effects operator()(const SightCame& event) {
        model.sight.finish(event.sight);
        model.sight_whole = event.whole;
        return {};
    }

    // --- committing -----------------------------------------------------------------------------------------------------
    Effects operator()(const CommitPressed&) {
        model.confirm_open = why_not_commit(model, world).empty();
        return {};
    }
    Effects operator()(const CommitClosed&) {
        model.confirm_open = false;
        return {};
    }
    Effects operator()(const CommitConfirmed&) {
        if (!why_not_commit(model, world).empty()) return {};
        model.confirm_open = false;
        model.trouble.reset();
        model.committing.emplace();
        model.committing->phase = "sending";
        return {CommitMoves{model.uncertain}};
    }
    Effects operator()(const Committing& event) {
        if (model.committing) model.committing = event.job;
        return {};
    }
    Effects operator()(const Committed& event) {
        model = Model{};
        return {CloseWorkbook{}, RefreshTotals{}, CountHandovers{}, Navigate{batches::address_of_batch(event.batch.id) + "?new=1", false}};
    }
    Effects reread() {
        model.planning = true;
        return {RereadMoves{}};
    }
    Effects operator()(const RereadPressed&) { return model.stage == Stage::planned ? reread() : Effects{}; }
    Effects operator()(const WorldChanged&) { return model.stage == Stage::planned && !model.committing ? reread() : Effects{}; }
    Effects operator()(const RetryPressed&) {
        if (!model.trouble) return {};
        const std::string during = model.trouble->during;
        model.trouble.reset();
        if (during == "commit") return (*this)(CommitConfirmed{});
        if (model.stage == Stage::failed) model.stage = Stage::reading;
        model.planning = model.stage == Stage::planned;
        return {RetryWorkbook{}};
    }
    Effects operator()(const CommitNotTaken&) {
        if (!model.uncertain) return {};
        model.uncertain = false;
        model.trouble.reset();
        return {Notify{NoticeTone::warn, std::string(world.words(Text::commit_not_taken))}};
    }
    Effects operator()(const TroublePassed&) {
        if (!model.uncertain) model.trouble.reset();
        return {};
    }
    Effects operator()(const ChangesPressed&) {
        model.changes_open = true;
        return {};
    }
    Effects operator()(const ChangesHidden&) {
        model.changes_open = false;
        return {};
    }
    Effects operator()(const ChangesClosed&) {
        model.changes.reset();
        model.changes_open = false;
        return {};
    }
    Effects operator()(const SightRetried&) {
        model.sight.start();
        return {FetchSight{}};
    }

    // --- what the engine told -------------------------------------------------------------------------------------------
    Effects operator()(const Progressed& event) {
        model.progress = event.progress;
        return {};
    }
    Effects operator()(const FileRead& event) {
        model.facts = event.facts;
        return {};
    }
    // One and the same name for a unit in the totals, the bars and the flows.
    static UnitNames names_in(const engine::Summary& summary, const World& world) {
        std::vector<std::int64_t> units = summary.area.unit;
        units.insert(units.end(), summary.channel.unit.begin(), summary.channel.unit.end());
        for (const auto* flows : {&summary.flows, &summary.flow_groups}) {
            for (const dto::FlowDto& flow : *flows) {
                units.push_back(flow.from);
                units.push_back(flow.to);
            }
        }
        return {world, std::move(units)};
    }
    Effects operator()(const OrganisationCame&) {
        if (model.summary) model.names = names_in(*model.summary, world);
        return {};
    }
    Effects operator()(const Planned& event) {
        const bool first = model.stage != Stage::planned;
        model.stage = Stage::planned;
        model.planning = false;
        model.summary = event.summary;
        model.names = names_in(event.summary, world);
        if (event.changes) model.changes = event.changes;
        model.sight = {};
        model.uncertain = false;  // another plan is another commit
        // Straight to what needs a person: the refused rows.
        if (first && !model.restored && event.summary.refused > 0) model.rows.filter.verdict = std::string(code_of(Verdict::refused));
        if (!first && rows_are_gone(event.summary)) model.rows.filter = {};
        Effects effects = rows_from_top();
        if (model.tab == Tab::sight) {
            model.sight.start();
            effects.push_back(FetchSight{});
        }
        return effects;
    }
    // The filter that was looked through has no rows any more: show all rather than an empty table.
    bool rows_are_gone(const engine::Summary& summary) const {
        const auto& verdict = model.rows.filter.verdict;
        return (verdict == code_of(Verdict::refused) && summary.refused == 0) || (verdict == code_of(Verdict::dropped) && summary.dropped == 0);
    }
    Effects operator()(const Failed& event) {
        model.planning = false;
        model.rows.loading = false;
        if (event.during == "template" || event.during == "refused" || event.during == "export")
            return {Notify{NoticeTone::bad, sentence_of(world.language(), event.error)}};
        if (event.during == "commit") return commit_failed(event.error);
        const bool lost = event.during == "open" || event.during == "engine";
        if (lost || model.stage == Stage::reading) {
            const std::string name = model.file_name;
            const bool again = !lost;  // an `ask` that failed can be asked again
            if (lost) model = Model{};
            model.file_name = name;
            model.stage = Stage::failed;
            model.error = event.error;
            if (again) model.trouble = Trouble{event.during, event.error};
            return {};
        }
        if (event.during == "sight") model.sight.finish(event.error);
        else model.trouble = Trouble{event.during, event.error};
        return {};
    }
    Effects commit_failed(const Error& error) {
        model.committing.reset();
        model.trouble = Trouble{"commit", error};
        model.uncertain = is_network(error);
        return error.code == "moves.stale" ? reread() : Effects{};
    }
};

}  // namespace

const engine::RowView* Rows::at(std::int64_t row) const {
    const std::int64_t in_page = row - page.from;
    if (in_page < 0 || in_page >= static_cast<std::int64_t>(page.rows.size())) return nullptr;
    return &page.rows[static_cast<std::size_t>(in_page)];
}

std::optional<std::int64_t> Rows::stretch_wanted(std::int64_t first_seen, std::int64_t last_seen) const {
    if (!came) return std::nullopt;
    const std::int64_t end = page.from + static_cast<std::int64_t>(page.rows.size());
    const bool near_start = page.from > 0 && first_seen < page.from + kMarginRows;
    const bool near_end = end < page.matching && last_seen > end - kMarginRows;
    if (!near_start && !near_end) return std::nullopt;
    const std::int64_t middle = (first_seen + last_seen) / 2;
    // In steps, so that scrolling on does not ask anew at every frame.
    const std::int64_t from = std::max<std::int64_t>(0, middle - kStretchRows / 2) / kStepRows * kStepRows;
    return from == asked_from ? std::nullopt : std::optional(from);
}

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"moves"}, {}};
    if (model.stage != Stage::planned) return address;
    const engine::RowFilter& filter = model.rows.filter;
    if (model.tab != Tab::rows) address.with("tab", kTabs[static_cast<std::size_t>(model.tab)]);
    address.with("tree", model.tree == Tree::channel ? code_of(Tree::channel) : std::string_view());
    if (model.level != Level::place) address.with("level", kLevels[static_cast<std::size_t>(model.level)]);
    address.with("as", model.chart ? "chart" : "").with("by", model.by_revenue ? "revenue" : "");
    address.with("verdict", filter.verdict.value_or("")).with("reason", filter.reason.value_or("")).with("find", filter.text);
    address.with("flows", model.flows_chart ? "chart" : "");
    return address.with("only", filter.hidden_only ? "hidden" : filter.restored_only ? "restored" : "");
}

std::string why_not_commit(const Model& model, const World& world) {
    const Words& words = world.words;
    if (model.stage != Stage::planned || !model.summary || model.planning) return std::string(words(Text::workbench_not_planned));
    if (model.committing) return std::string(words(Text::workbench_busy_committing));
    const engine::Summary& summary = *model.summary;
    if (summary.refused > 0) return words(Text::workbench_refused_remain, {{"count", format_count(summary.refused)}});
    if (summary.moved == 0) return std::string(words(Text::workbench_nobody_moves));
    return {};
}

std::string with_header(std::string_view cells) {
    const std::string_view first = cells.substr(0, cells.find_first_of("\t\n,"));
    if (normalize_code(first) == workbook::kMoveColumns[0]) return std::string(cells);
    std::string header;
    for (const std::string_view column : workbook::kMoveColumns) header.append(header.empty() ? "" : "\t").append(column);
    // Two columns without notes are common: the third then stays empty.
    return header.append("\n").append(cells);
}

std::int64_t count_of(const std::vector<dto::CountDto>& counts, std::string_view code) {
    for (const dto::CountDto& count : counts)
        if (count.code == code) return count.count;
    return 0;
}

}  // namespace qudao::client::workbench
