// Writes a demonstration into a database through the ports, in one transaction: it is there whole or not at all.
#pragma once

#include "shared/demo/demo.hpp"
#include "shared/ports/database.hpp"
#include "shared/ports/secrets.hpp"

namespace qudao::demo {

// The database must be new: demo.not_empty. Also demo.size, work.cancelled and what the stores say. Reports "customers".
Status fill(ports::Database& database, ports::Secrets& secrets, const Options& options, ports::Progress& progress);

}  // namespace qudao::demo
