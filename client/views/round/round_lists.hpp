// What the round takes out as workbooks, and its new customers summed by unit. Pure.
#pragma once

#include "client/views/round/round_model.hpp"

namespace qudao::client::round {

inline query::Filter equals(std::string field, std::int64_t value) { return {std::move(field), query::Op::equal, {value}, Tree::area}; }

// A department's list, to be marked and handed back.
engine::ExportRequest department_list(const Model& model, const World& world, std::int64_t department);
// The template of a bulk move (workbook::kMoveColumns) with the customers that still wait in pools, each with its address where a
// note may stand: the community is found by it, filled in, and the workbook dropped on Bulk adjustment as it is.
engine::ExportRequest stage_two_list(const Model& model, const World& world);

// Customers and those in pools by the units below the lowest one that is above them all.
void sum_units(Model& model, const World& world);

// Of a round that is closed: it went on to its end without this step.
bool passed_by(const dto::RoundDto& round, std::string_view step);

}  // namespace qudao::client::round
