// The customer list (row H1): choose a unit, enter conditions, see the rows; sorted by a column, scrolled by keyset,
// jumped into by key, taken out as a workbook.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/unit_tree.hpp"

namespace qudao::client::customers {

// As typed; what they mean is checked when asked.
struct Conditions {
    std::string name{};       // contains
    std::string code{};       // begins with
    std::string contract{};   // begins with
    std::string channel{};    // code; "" for all
    std::string revenue{};    // at least, in yuan
    std::string from{};       // installed on or after
    std::string to{};         // ... on or before
    bool locked = false;
    bool in_pool = false;
    std::int64_t period = 0;  // new in this account period; 0: any
    friend bool operator==(const Conditions&, const Conditions&) = default;
    bool none() const { return *this == Conditions{}; }
};

struct Sort {
    std::string field = "code";  // code | name_key | revenue | installed_on
    bool descending = false;
    friend bool operator==(const Sort&, const Sort&) = default;
};

// What one of the conditions is refused for.
struct Fault {
    std::string field;   // revenue | from | to | jump
    Error error;
};

struct Sums {
    std::int64_t customers = 0;
    std::int64_t with_revenue = 0;
    std::int64_t revenue_fen = 0;
};

struct Model {
    UnitTree units;
    Conditions conditions;          // of what is shown
    Sort sort;
    std::string jump;               // "" from the beginning
    std::optional<Fault> fault;
    PagedList list{ListId::customers, query::Source::customer};
    Remote<Sums> sums;
    std::uint32_t sums_generation = 0;
    bool map = false;                      // revenue by unit instead of the list
    Remote<std::vector<UnitTotal>> below;  // what `conditions` leave of each unit, by dense index, up the tree; asked for with the map
    std::uint32_t below_generation = 0;
    std::uint32_t conditions_version = 0;  // changes when the fields are to show `conditions` anew
    bool opened = false;
};

struct Opened { Address address; };
struct UnitTreeUsed { UnitTreeEvent event; };
struct Asked { Conditions conditions; };
struct Reset {};
struct ShapePressed { bool map = false; };
struct Sorted { Sort sort; };
struct Jumped { std::string text; };
struct MoreWanted {};
struct Retried {};
struct ExportPressed {};
struct LogPressed { std::string code; };   // what happened to a customer
struct PagePressed { std::string code; };  // its page
struct OrganisationCame {};
struct CustomersMoved {};       // a commit or undo: what is shown may have changed
using Event = std::variant<Opened, UnitTreeUsed, Asked, Reset, ShapePressed, Sorted, Jumped, MoreWanted, Retried, ExportPressed, LogPressed, PagePressed, ListShaped,
                           OrganisationCame, CustomersMoved, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.list);
    asked(model.sums);
    asked(model.below);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

// The spec of what is asked; the fault of the condition that makes none.
struct Asking {
    query::QuerySpec spec;
    std::optional<Fault> fault;
};
Asking asking_of(const Model& model, const World& world);
// What a jump text means in the order of the list; a fault's error when it cannot be one of its values.
Result<query::Value> jump_value(const Sort& sort, std::string_view text);

}  // namespace qudao::client::customers
