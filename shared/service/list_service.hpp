// Lists by QuerySpec, the states of named customers and the totals of units: all within what the actor may see.
#pragma once

#include "shared/domain/move_plan.hpp"
#include "shared/query/query_spec.hpp"
#include "shared/service/context.hpp"

namespace qudao::service {

// The errors of query::check.
Result<query::Page> list(const Actor& actor, ports::UnitOfWork& work, const query::QuerySpec& spec, const std::optional<query::Cursor>& cursor);

Result<CustomerColumns> states(const Actor& actor, ports::UnitOfWork& work, const StringColumn& codes);

// Customers and revenue of every place in view, by dense index.
Result<std::vector<UnitTotal>> unit_totals(const Actor& actor, ports::UnitOfWork& work);

}  // namespace qudao::service
