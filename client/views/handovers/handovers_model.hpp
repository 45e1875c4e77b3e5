// Hand-over lists (row D12): what is new to each receiving unit, batch by batch, the newest first.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/unit_tree.hpp"

namespace qudao::client::handovers {

struct Model {
    UnitTree units;
    PagedList list{ListId::handovers, query::Source::handover};
    bool opened = false;
    bool waiting_only = false;   // not confirmed yet
    bool confirming = false;
};

struct Opened { Address address; };
struct UnitTreeUsed { UnitTreeEvent event; };
struct OrganisationCame {};
struct RowPressed {
    std::int64_t batch = 0;
    std::int64_t unit = 0;
};
struct WaitingPressed {};
struct ConfirmPressed {
    std::int64_t batch = 0;
    std::int64_t unit = 0;
};
struct Confirmed { std::optional<Error> error; };
struct BatchPressed { std::int64_t batch = 0; };
struct MoreWanted {};
struct Retried {};
using Event = std::variant<Opened, UnitTreeUsed, OrganisationCame, RowPressed, WaitingPressed, ConfirmPressed, Confirmed, BatchPressed,
                           MoreWanted, Retried, ListShaped, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.list);
    asked.doing(model.confirming);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

}  // namespace qudao::client::handovers
