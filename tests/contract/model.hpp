// What lists must show, worked out the slow and obvious way from what was put into the store: every row of a source as the
// catalogue's values, filtered one by one, sorted whole. Shares the catalogue with the stores and nothing else.
#pragma once

#include <vector>

#include "tests/contract/world.hpp"

namespace qudao::contract {

struct ModelRow {
    std::vector<query::Value> values;            // by the catalogue, fields that are not shown included
    std::vector<UnitId> ends;                    // visible when one of them is in the scope...
    PersonId author;                             // ... or to this person
};

class Model {
public:
    explicit Model(const World& world) : world_(world), customers_(world.customers) {}

    void add(const Customer& customer) { customers_.push_back(customer); }
    void applied(const ports::Batch& batch, const ports::Moves& moves, const std::vector<ports::Handover>& handovers);
    const World& world() const { return world_; }
    const std::vector<Customer>& customers() const { return customers_; }

    std::vector<ModelRow> rows(query::Source source) const;
    // All rows a list has, in order, with the values of the columns shown; limit and cursor play no part.
    std::vector<std::vector<query::Value>> list(const query::QuerySpec& spec, PersonId person, const Scope& view) const;
    std::vector<std::vector<query::Value>> groups(const query::QuerySpec& spec, PersonId person, const Scope& view) const;

private:
    struct Adjustment {
        std::size_t batch;
        std::size_t move;
        Customer customer;
    };
    struct Applied {
        ports::Batch batch;
        ports::Moves moves;
        std::vector<ports::Handover> handovers;
    };
    std::vector<ModelRow> select(const query::QuerySpec& spec, PersonId person, const Scope& view) const;
    void as_told(ModelRow& row, PersonId person, const Scope& view) const;
    bool holds(const query::Filter& filter, query::Source source, const ModelRow& row) const;

    const World& world_;
    std::vector<Customer> customers_;
    std::vector<Applied> batches_;
};

std::size_t field_index(query::Source source, std::string_view field);

}  // namespace qudao::contract
