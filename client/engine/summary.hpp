// A plan in numbers: counts, totals up both trees, the largest flows. In the engine only.
#pragma once

#include <string>

#include "client/engine/row_pages.hpp"
#include "client/engine/workbench_types.hpp"

namespace qudao::engine {

Summary summarize(const Judged& judged, std::int64_t revision, const std::string& digest);

// Largest first, equal ones in tree order.
std::vector<Flow> flows_by_size(const Judged& judged);
dto::FlowDto to_dto(const Flow& flow, const Organisation& org);

// What differs between two readings of the world, for the rows of one workbook. `which` are rows with distinct codes.
Changes changes_between(const Judged& before, const Judged& after, const std::vector<std::uint32_t>& which);

}  // namespace qudao::engine
