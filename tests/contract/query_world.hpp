// A world with a past: awkward customers, batches and undos by several persons; and the comparison of a store's lists with
// the model's, page by page.
#pragma once

#include "shared/base/random.hpp"
#include "tests/contract/model.hpp"

namespace qudao::contract {

struct QueryWorld {
    QueryWorld();

    World world;
    Model model;
    std::vector<PersonId> persons;
    std::vector<std::pair<std::string, Scope>> scopes;

    // Walks all pages of a list (or takes the groups) and checks them against the model.
    void check_same(const query::QuerySpec& spec, PersonId person, const Scope& view);
    std::size_t rows_seen = 0;

private:
    void add_awkward_customers();
    void make_past();
};

std::string describe(const query::QuerySpec& spec);
query::QuerySpec list_of(query::Source source);

}  // namespace qudao::contract
