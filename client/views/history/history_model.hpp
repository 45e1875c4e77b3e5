// What became of one customer, and where it was on a day (row D15): a dialog over whatever screen names the customer.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/round_dto.hpp"

namespace qudao::client::history {

struct Model {
    std::string code;             // empty: the dialog is closed
    std::string day;              // as typed
    std::optional<Error> fault;   // of the day
    Remote<dto::CustomerHistoryDto> found;
};

struct Opened { std::string code; };
struct DayAsked { std::string day; };
struct Closed {};
struct Retried {};
struct Came {
    std::string code;
    Result<dto::CustomerHistoryDto> history;
};
using Event = std::variant<Opened, DayAsked, Closed, Retried, Came>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.found);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }

}  // namespace qudao::client::history
