#include "shared/dto/round_dto.hpp"

namespace qudao::dto {

Result<MarkRows> from_dto(const MarksRequest& dto) {
    const std::size_t count = dto.row_number.size();
    if (dto.customer_code.size() != count) return Error::of("request.invalid").at("customer_code", "length");
    if (dto.mark.size() != count) return Error::of("request.invalid").at("mark", "length");
    if (dto.note.size() != count) return Error::of("request.invalid").at("note", "length");
    return MarkRows{dto.row_number, dto.customer_code, dto.mark, dto.note};
}

MarksDto to_dto(const MarkPlan& plan, const MarkRows& rows) {
    MarksDto dto;
    dto.taken = plan.refused == 0;
    dto.rows = static_cast<std::int64_t>(rows.size());
    dto.claims = plan.claims;
    dto.not_named = plan.not_named;
    dto.refused = plan.refused;
    for (std::size_t row = 0; row < rows.size() && dto.faults.size() < kMarkFaultsShown; ++row) {
        if (plan.fault[row] == MarkFault::none) continue;
        dto.faults.push_back({std::int64_t{rows.row_number[row]}, static_cast<std::int64_t>(row), std::string(code_of(plan.fault[row]))});
    }
    return dto;
}

}  // namespace qudao::dto
