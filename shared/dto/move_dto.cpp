#include "shared/dto/move_dto.hpp"

#include <algorithm>
#include <unordered_map>

#include "shared/domain/customer_code.hpp"

namespace qudao::dto {
namespace {

// Distinct texts in the order of their first use.
class Dictionary {
public:
    explicit Dictionary(StringColumn& texts) : texts_(texts) {}
    std::uint32_t add(std::string_view text) {
        const auto [it, fresh] = index_.try_emplace(std::string(text), static_cast<std::uint32_t>(index_.size()));
        if (fresh) texts_.push_back(text);
        return it->second;
    }

private:
    StringColumn& texts_;
    std::unordered_map<std::string, std::uint32_t> index_;
};

Error lengths_differ(std::string_view field) { return Error::of("request.invalid").at(field, "length"); }

}  // namespace

StatesDto to_dto(const CustomerColumns& customers, const Organisation& org, const Basis& basis) {
    StatesDto dto;
    dto.basis = {basis.number, basis.rights_version, basis.policy_version};
    dto.code = customers.code;
    dto.id = customers.id;
    dto.version = customers.version;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        dto.place.push_back(org.unit(customers.place[i]).id.value);
        dto.locked_until.push_back(format_date(customers.locked_until[i]));
        dto.revenue_fen.push_back(customers.has_revenue[i] != 0 ? std::optional(customers.revenue_fen[i]) : std::nullopt);
    }
    return dto;
}

Status add_states(CustomerColumns& customers, const StatesDto& dto, const Organisation& org) {
    const std::size_t count = dto.id.size();
    if (dto.code.size() != count || dto.version.size() != count || dto.place.size() != count || dto.locked_until.size() != count ||
        dto.revenue_fen.size() != count)
        return lengths_differ("id");
    customers.reserve(customers.size() + count);
    for (std::size_t i = 0; i < count; ++i) {
        const UnitIndex place = org.find(UnitId{dto.place[i]});
        if (place == kNoUnit) return Error::of("states.basis");
        Date lock = kNoDate;
        if (!dto.locked_until[i].empty()) {
            QUDAO_TRY(day, parse_date(dto.locked_until[i]));
            lock = day;
        }
        customers.push_back(dto.code[i], dto.id[i], dto.version[i], place, lock, dto.revenue_fen[i].has_value(), dto.revenue_fen[i].value_or(0));
    }
    return done();
}

MoveRowsDto to_dto(const MoveRows& rows, const std::vector<std::uint8_t>& dropped) {
    MoveRowsDto dto;
    Dictionary targets(dto.target_codes);
    Dictionary notes(dto.notes);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!dropped.empty() && dropped[row] != 0) continue;
        dto.row_number.push_back(rows.row_number[row]);
        dto.customer_code.push_back(rows.customer_code[row]);
        dto.target.push_back(targets.add(rows.target_code[rows.target[row]]));
        dto.note.push_back(notes.add(rows.note[row]));
    }
    return dto;
}

Result<MoveRows> from_dto(const MoveRowsDto& dto) {
    const std::size_t count = dto.row_number.size();
    if (dto.customer_code.size() != count) return lengths_differ("rows.customer_code");
    if (dto.target.size() != count) return lengths_differ("rows.target");
    if (dto.note.size() != count) return lengths_differ("rows.note");
    // The log goes by them.
    std::vector<std::uint32_t> numbers = dto.row_number;
    std::sort(numbers.begin(), numbers.end());
    const auto twice = std::adjacent_find(numbers.begin(), numbers.end());
    if (twice != numbers.end()) return Error::of("request.invalid").at("rows.row_number", "repeated", *twice);
    MoveRowsBuilder builder;
    for (std::size_t row = 0; row < count; ++row) {
        const auto number = static_cast<std::int64_t>(dto.row_number[row]);
        if (dto.target[row] >= dto.target_codes.size()) return Error::of("request.invalid").at("rows.target", "too_large", number);
        if (dto.note[row] >= dto.notes.size()) return Error::of("request.invalid").at("rows.note", "too_large", number);
        const CustomerCode code = read_customer_code(dto.customer_code[row]);
        const std::string target = normalize_code(dto.target_codes[dto.target[row]]);
        Reason defect = Reason::none;
        if (code.state == CodeState::missing) defect = Reason::customer_code_missing;
        else if (code.state == CodeState::bad) defect = Reason::customer_code_bad;
        else if (target.empty()) defect = Reason::target_missing;
        builder.add(dto.row_number[row], code.text, target, dto.notes[dto.note[row]], defect);
    }
    return std::move(builder).finish();
}

std::string detail_text(Reason reason, std::int32_t detail, const WindowPolicy& policy) {
    if (reason == Reason::locked || (reason == Reason::window_closed && detail != 0)) return format_date(Date{detail});
    if (reason == Reason::undo_window_past && detail != 0) {
        // Of a window that the policy no longer knows there is nothing to say: no day opens it again.
        const WindowState window = window_on(Date{detail}, policy);
        return window.opened_on.days == detail ? format_date(window.opened_on) + "/" + format_date(window.closes_on) : std::string();
    }
    return reason == Reason::repeated ? std::to_string(detail) : std::string();
}

WindowDto to_dto(const WindowState& window, const WindowPolicy& policy) {
    return {window.open,
            format_date(window.opened_on),
            format_date(window.closes_on),
            format_date(window.next_opening),
            static_cast<std::int32_t>(policy.open_day),
            static_cast<std::int32_t>(policy.close_day)};
}

PlanDto to_dto(const MovePlan& plan, const MoveRows& rows, const CustomerColumns& customers, const PlanContext& context,
               std::int64_t passed_over) {
    PlanDto dto;
    dto.digest = digest_of(plan, rows, customers, context);
    dto.basis = {context.basis.number, context.basis.rights_version, context.basis.policy_version};
    dto.window = to_dto(plan.window, context.window_policy);
    dto.can_commit = plan.count(Verdict::refused) == 0 && plan.count(Verdict::moved) > 0;
    dto.rows = static_cast<std::int64_t>(rows.size());
    for (std::size_t i = 0; i < kVerdicts; ++i)
        if (plan.by_verdict[i] != 0) dto.verdicts.push_back({std::string(code_of(static_cast<Verdict>(i))), plan.by_verdict[i]});
    for (std::size_t i = 1; i < kReasons; ++i)
        if (plan.by_reason[i] != 0) dto.reasons.push_back({std::string(code_of(static_cast<Reason>(i))), plan.by_reason[i]});
    for (std::size_t row = 0; row < rows.size() && dto.refused.size() < kRefusedRowsShown; ++row) {
        if (plan.verdict[row] != Verdict::refused || passed_over-- > 0) continue;
        dto.refused.push_back({rows.row_number[row], std::string(rows.customer_code[row]), std::string(code_of(plan.verdict[row])),
                               std::string(code_of(plan.reason[row])), detail_text(plan.reason[row], plan.detail[row], context.window_policy)});
    }
    const std::vector<Flow> flows = flows_of(plan, rows, customers);
    dto.flow_pairs = static_cast<std::int64_t>(flows.size());
    for (const Flow& flow : flows) {
        if (dto.flows.size() == kFlowsShown) break;
        dto.flows.push_back({context.organisation.unit(flow.from).id.value, context.organisation.unit(flow.to).id.value,
                             flow.total.customers, flow.total.with_revenue, flow.total.revenue_fen});
    }
    return dto;
}

BatchDto to_dto(const ports::Batch& batch, std::string person_name, const std::vector<ports::Batch>& undos) {
    BatchDto dto;
    dto.id = batch.id.value;
    dto.kind = batch.kind == ports::BatchKind::move ? "move" : "undo";
    dto.person = batch.person.value;
    dto.person_name = std::move(person_name);
    dto.at = format_instant(batch.at);
    dto.day = format_date(batch.day);
    if (batch.undo_of) dto.undo_of = batch.undo_of.value;
    dto.file_name = batch.file_name;
    dto.rows = batch.rows;
    dto.moved = batch.moved;
    dto.unchanged = batch.unchanged;
    dto.kept = batch.kept;
    dto.digest = batch.digest;
    for (const ports::Batch& undo : undos) dto.undone_by.push_back(undo.id.value);
    return dto;
}

}  // namespace qudao::dto
