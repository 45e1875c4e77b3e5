// A transaction with every store on it.
#pragma once

#include <memory>

#include "server/sql/pool.hpp"
#include "shared/ports/database.hpp"

namespace qudao::sql {

// The lease's session is in a transaction.
std::unique_ptr<ports::UnitOfWork> make_unit_of_work(Pool::Lease lease);

}  // namespace qudao::sql
