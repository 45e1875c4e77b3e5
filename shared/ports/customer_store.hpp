#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "shared/base/string_column.hpp"
#include "shared/domain/customer.hpp"
#include "shared/domain/rights.hpp"
#include "shared/domain/snapshot.hpp"
#include "shared/ports/progress.hpp"

namespace qudao::ports {

enum class Locking : std::uint8_t {
    none,
    until_commit,  // nobody changes these customers before this transaction ends
};

class CustomerStore {
public:
    virtual ~CustomerStore() = default;
    // State of the customers named whose place is in the scope; others, known or not, are left out. In no particular
    // order; a code named twice comes once. Read in chunks of 5,000 codes; reports "locking" or "reading".
    virtual Result<CustomerColumns> states(const StringColumn& codes, const Organisation& org, const Scope& scope, Locking locking,
                                           Progress& progress) = 0;
    virtual Result<std::optional<Customer>> find(std::string_view code, const Scope& scope) = 0;
    virtual Result<std::int64_t> count() = 0;
    virtual Result<std::int64_t> last_id() = 0;  // the highest; 0: none

    // Adds customers; ids of 0 are given by the store. Versions and locks as given. customer.code_taken (with `code`):
    // the caller rolls back.
    virtual Status add(const std::vector<Customer>& customers) = 0;
    virtual Status set_lock(CustomerId customer, Date locked_until) = 0;  // bumps the version; customer.unknown
};

}  // namespace qudao::ports
