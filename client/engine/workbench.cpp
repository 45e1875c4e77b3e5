#include "client/engine/workbench.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "client/engine/row_ranges.hpp"
#include "client/engine/summary.hpp"
#include "shared/base/text.hpp"
#include "shared/workbook/refused_rows.hpp"

namespace qudao::engine {
namespace {

constexpr std::size_t kFlowsPerSight = 20'000;  // what moves.sight takes
constexpr std::int64_t kFileNameCharacters = 255;

Error no_plan() { return Error::of("engine.no_plan"); }

std::string_view code_of_encoding(workbook::Encoding encoding) {
    switch (encoding) {
        case workbook::Encoding::utf8: return "utf8";
        case workbook::Encoding::utf16: return "utf16";
        case workbook::Encoding::gbk: return "gbk";
    }
    return {};
}

std::vector<std::int64_t> first_row_numbers(const MoveRows& rows, const std::vector<std::uint32_t>& which) {
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < std::min(which.size(), kRowNumbersShown); ++i) numbers.push_back(rows.row_number[which[i]]);
    return numbers;
}

FileFacts facts_of(const std::string& name, std::int64_t size_bytes, const workbook::MoveSheet& sheet) {
    const workbook::TableInfo& table = sheet.table;
    FileFacts facts;
    facts.name = name;
    facts.size_bytes = size_bytes;
    facts.kind = table.kind == workbook::FileKind::xlsx ? "xlsx" : "csv";
    if (table.kind == workbook::FileKind::csv) facts.encoding = std::string(code_of_encoding(table.encoding));
    facts.sheet = table.sheet;
    facts.header_row = table.header_row;
    facts.rows = static_cast<std::int64_t>(sheet.rows.size());
    facts.blank_rows = table.blank_rows;
    facts.hidden_rows = static_cast<std::int64_t>(sheet.hidden.size());
    facts.restored_codes = static_cast<std::int64_t>(sheet.restored.size());
    facts.skipped_sheets = table.skipped_sheets;
    facts.hidden_sheets = table.hidden_sheets;
    facts.merged_ranges = table.merged_ranges;
    facts.uncomputed_cells = table.uncomputed_cells;
    facts.was_refused_rows = sheet.was_refused_rows;
    facts.hidden_row_numbers = first_row_numbers(sheet.rows, sheet.hidden);
    facts.restored_row_numbers = first_row_numbers(sheet.rows, sheet.restored);
    return facts;
}

std::string first_characters(std::string_view text, std::int64_t count) {
    std::size_t pos = 0;
    for (std::int64_t i = 0; i < count && pos < text.size(); ++i) next_code_point(text, pos);
    return std::string(text.substr(0, pos));
}

// A sentence for each reason and detail, made once.
class Sentences {
public:
    Sentences(const Words& words, const WindowPolicy& policy) : words_(words), policy_(policy) {}
    std::string_view of(Reason reason, std::int32_t detail) {
        auto [it, fresh] = made_.try_emplace({reason, detail});
        if (fresh) it->second = make(code_of(reason), dto::detail_text(reason, detail, policy_));
        return it->second;
    }

private:
    std::string make(std::string_view code, const std::string& detail) const {
        constexpr std::string_view kDetail = "{detail}";
        std::string text(code);
        for (std::size_t i = 0; i < std::min(words_.code.size(), words_.text.size()); ++i)
            if (words_.code[i] == code) text = words_.text[i];
        for (std::size_t at = text.find(kDetail); at != std::string::npos; at = text.find(kDetail, at + detail.size()))
            text.replace(at, kDetail.size(), detail);
        return text;
    }

    const Words& words_;
    const WindowPolicy& policy_;
    std::map<std::pair<Reason, std::int32_t>, std::string> made_;  // a map: views into it stay
};

}  // namespace

Workbench::Workbench(Asker& asker, Listener& listener) : asker_(asker), listener_(listener) {}

Judged Workbench::judged() const { return {sheet_->rows, plan_, *world_, drops_, marks_}; }

// --- opening ----------------------------------------------------------------------------------------------------------
void Workbench::open(std::string name, std::string bytes, std::string dropped_rows) {
    reader_.reset();
    world_.reset();
    sheet_.reset();
    plan_ = {};
    drops_ = {};
    marks_ = {};
    pages_ = {};
    name_ = std::move(name);
    dropped_before_ = std::move(dropped_rows);
    size_bytes_ = static_cast<std::int64_t>(bytes.size());
    workbook::ReadOptions options;
    options.progress = [this, last = -1](double done) mutable {
        const int percent = static_cast<int>(done * 100);
        return percent == std::exchange(last, percent) || listener_.progress({"workbench", "reading", percent, 100});
    };
    auto sheet = workbook::read_moves(bytes, options);
    bytes = std::string();
    if (!sheet) return listener_.failed("open", sheet.error());
    sheet_ = std::make_unique<workbook::MoveSheet>(std::move(*sheet));
    marks_.assign(sheet_->rows.size(), 0);
    for (const std::uint32_t row : sheet_->hidden) marks_[row] |= kHidden;
    for (const std::uint32_t row : sheet_->restored) marks_[row] |= kRestored;
    listener_.opened(facts_of(name_, size_bytes_, *sheet_));
    read_world("ask");
}

std::vector<std::uint32_t> Workbench::distinct_codes() const {
    const MoveRows& rows = sheet_->rows;
    const CodeIndex first(rows.customer_code);
    std::vector<std::uint32_t> which;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const Reason defect = rows.defect[row];
        if (defect == Reason::customer_code_missing || defect == Reason::customer_code_bad) continue;
        if (first.find(rows.customer_code[row]) == row) which.push_back(row);
    }
    return which;
}

void Workbench::read_world(std::string_view during) {
    last_reading_ = during;
    reader_ = std::make_unique<WorldReader>(
        asker_, [this](std::int64_t customers, std::int64_t of) { listener_.progress({"workbench", "asking", customers, of}); });
    reader_->start(sheet_->rows.customer_code, distinct_codes(),
                   [this, during = last_reading_](Result<std::unique_ptr<World>> world) { came(std::move(world), during); });
}

void Workbench::came(Result<std::unique_ptr<World>> world, std::string_view during) {
    // The reader is let go at its next start: this is called from inside it.
    if (!world) return listener_.failed(during, world.error());
    if (!world_) {
        world_ = std::move(*world);
        plan();
        drop_again();
        return tell(std::nullopt);
    }
    const std::unique_ptr<World> old_world = std::exchange(world_, std::move(*world));
    const MovePlan old_plan = std::move(plan_);
    plan();
    tell(changes_between({sheet_->rows, old_plan, *old_world, drops_, marks_}, judged(), distinct_codes()));
}

void Workbench::reread() {
    if (sheet_) read_world(world_ ? "reread" : "ask");
}

void Workbench::retry() { reread(); }

// --- planning ---------------------------------------------------------------------------------------------------------
void Workbench::plan() {
    listener_.progress({"workbench", "planning", 0, static_cast<std::int64_t>(sheet_->rows.size())});
    const PlanContext context = world_->context();
    plan_ = plan_moves(sheet_->rows, world_->customers, *world_->index, context, drops_.dropped);
    digest_ = digest_of(plan_, sheet_->rows, world_->customers, context);
    ++revision_;
    pages_.forget();
}

void Workbench::tell(const std::optional<Changes>& changes) { listener_.planned(summarize(judged(), revision_, digest_), changes); }

Result<RowsPage> Workbench::rows(const RowsRequest& request) {
    if (!world_) return no_plan();
    return pages_.page(judged(), revision_, request);
}

void Workbench::set_dropped(std::uint32_t row, bool drop) {
    if (drop == (drops_.dropped[row] != 0)) return;
    drops_.dropped[row] = drop ? 1 : 0;
    drops_.reason[row] = drop ? plan_.reason[row] : Reason::none;
    drops_.detail[row] = drop ? plan_.detail[row] : 0;
}

void Workbench::make_room_for_drops() {
    const std::size_t count = sheet_->rows.size();
    if (drops_.dropped.empty()) drops_ = {std::vector<std::uint8_t>(count, 0), std::vector<Reason>(count, Reason::none), std::vector<std::int32_t>(count, 0)};
}

// What the rows were refused for is told by the plan that still judges them.
void Workbench::drop_again() {
    const std::vector<std::uint32_t> again = rows_of_ranges(std::exchange(dropped_before_, {}), sheet_->rows.size());
    if (again.empty()) return;
    make_room_for_drops();
    for (const std::uint32_t row : again) set_dropped(row, true);
    plan();
}

Status Workbench::drop(const DropRequest& request) {
    if (!world_) return no_plan();
    const std::size_t count = sheet_->rows.size();
    make_room_for_drops();
    for (const std::int64_t row : request.rows)
        if (row < 0 || static_cast<std::size_t>(row) >= count) return Error::of("request.invalid").at("rows", "too_large");
    std::vector<std::uint32_t> matching;
    if (request.filter) {
        QUDAO_TRY(found, matching_rows(judged(), *request.filter));
        matching = std::move(found);
    }
    for (const std::int64_t row : request.rows) set_dropped(static_cast<std::uint32_t>(row), request.drop);
    for (const std::uint32_t row : matching) set_dropped(row, request.drop);
    plan();
    tell(std::nullopt);
    return done();
}

// --- what goes out ----------------------------------------------------------------------------------------------------
Result<std::string> Workbench::refused_workbook(const RefusedWorkbookRequest& request) {
    if (!world_) return no_plan();
    const Judged all = judged();
    Sentences sentences(request.reasons, world_->window_policy);
    std::vector<workbook::RefusedRow> refused;
    for (std::uint32_t row = 0; row < all.rows.size(); ++row) {
        const Verdict verdict = all.verdict(row);
        if (!(request.refused && verdict == Verdict::refused) && !(request.dropped && verdict == Verdict::dropped)) continue;
        refused.push_back({row, code_of(all.reason(row)), sentences.of(all.reason(row), all.detail(row))});
    }
    workbook::WriteOptions options;
    options.expected_rows = static_cast<std::int64_t>(refused.size());
    options.progress = [this, last = -1](double done) mutable {
        const int percent = static_cast<int>(done * 100);
        return percent == std::exchange(last, percent) || listener_.progress({"workbench", "writing", percent, 100});
    };
    return workbook::write_refused_rows(all.rows, refused, options);
}

Result<std::string> Workbench::commit_body(const std::string& key) {
    if (!world_) return no_plan();
    if (plan_.count(Verdict::refused) != 0) return Error::of("moves.refused_rows").with("count", plan_.count(Verdict::refused));
    if (plan_.count(Verdict::moved) == 0) return Error::of("moves.nothing");
    dto::CommitRequest request;
    request.key = key;
    request.digest = digest_;
    request.file_name = first_characters(scrub_utf8(name_), kFileNameCharacters);
    request.rows = dto::to_dto(sheet_->rows, drops_.dropped);
    return dto::to_json(request);
}

Result<std::pair<dto::SightRequest, bool>> Workbench::sight_request() {
    if (!world_) return no_plan();
    const std::vector<Flow> flows = flows_by_size(judged());
    dto::SightRequest request;
    for (std::size_t i = 0; i < std::min(flows.size(), kFlowsPerSight); ++i) request.flows.push_back(to_dto(flows[i], world_->organisation));
    return std::pair(std::move(request), flows.size() <= kFlowsPerSight);
}

}  // namespace qudao::engine
