#pragma once

#include "shared/domain/rights.hpp"
#include "shared/query/query_spec.hpp"

namespace qudao::ports {

// Whose list it is: lists show no more than the scope, and a batch also to its author.
struct Viewer {
    PersonId person;
    const Organisation& organisation;
    const Scope& view;
};

class QueryStore {
public:
    virtual ~QueryStore() = default;
    // `spec` has passed query::check. One statement, keyset, never OFFSET.
    virtual Result<query::Page> run(const query::QuerySpec& spec, const Viewer& viewer, const std::optional<query::Cursor>& cursor) = 0;
};

}  // namespace qudao::ports
