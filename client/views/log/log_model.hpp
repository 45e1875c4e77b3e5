// The adjustment log (row D13): searched by customer, unit, person, date and batch; taken out as a workbook.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/unit_tree.hpp"

namespace qudao::client::log {

struct Conditions {
    std::string code{};             // customer codes beginning with it
    std::int64_t from_unit = 0;   // moved out of this unit or one below it
    std::int64_t to_unit = 0;     // moved into ...
    Tree tree = Tree::area;       // for both
    std::int64_t person = 0;
    std::string kind{};             // "" | move | undo; or lock: the log of locks, of customers in to_unit
    std::string since{};            // yyyy-MM-dd
    std::string until{};            // ... included
    std::string batch{};
    friend bool operator==(const Conditions&, const Conditions&) = default;
    bool none() const { return *this == Conditions{}; }
};

inline bool of_locks(const Conditions& conditions) { return conditions.kind == "lock"; }

struct Fault {
    std::string field;            // since | until | batch
    Error error;
};

struct PersonChoice {
    std::int64_t id = 0;
    std::string name;
};

enum class Picking : std::uint8_t { none, from, to };

struct Model {
    Conditions conditions;
    std::optional<Fault> fault;
    PagedList list{ListId::log, query::Source::adjustment};
    PagedList locks{ListId::log_locks, query::Source::lock};
    std::vector<PersonChoice> persons;    // who made batches or lifted locks the person may see
    std::uint32_t persons_generation = 0;
    Picking picking = Picking::none;      // the dialog in which a unit is chosen
    UnitTree units;
    std::uint32_t conditions_version = 0;
};

struct Opened { Address address; };
struct Asked { Conditions conditions; };
struct Reset {};
struct PickPressed { Picking which = Picking::none; };
struct UnitTreeUsed { UnitTreeEvent event; };
struct UnitTaken { bool cleared = false; };   // the unit chosen in the dialog, or none
struct PickClosed {};
struct BatchPressed { std::int64_t batch = 0; };
struct HistoryPressed { std::string code; };
struct MoreWanted {};
struct Retried {};
struct ExportPressed {};
using Event = std::variant<Opened, Asked, Reset, PickPressed, UnitTreeUsed, UnitTaken, PickClosed, BatchPressed, MoreWanted, Retried,
                           ExportPressed, ListShaped, HistoryPressed, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(of_locks(model.conditions) ? model.locks : model.list);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

struct Asking {
    query::QuerySpec spec;
    std::optional<Fault> fault;
};
Asking asking_of(const Conditions& conditions);

}  // namespace qudao::client::log
