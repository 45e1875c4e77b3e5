// The page of one customer: its facts, subscribers, orders in progress and arrears, and why it is where it is (row C7).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/customer_page_dto.hpp"

namespace qudao::client::customer {

struct Model {
    std::string code;
    Remote<dto::CustomerPageDto> page;
};

struct Opened { Address address; };
struct PageCame {
    std::string code;
    Result<dto::CustomerPageDto> page;
};
struct Retried {};
struct LogPressed {};
struct HistoryPressed {};   // where it was on any day
struct BackPressed {};
using Event = std::variant<Opened, PageCame, Retried, LogPressed, HistoryPressed, BackPressed>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.page);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);
std::string address_of_customer(std::string_view code);  // "/customer/0771…"

// One decision in words: who and when, what decided, and what was looked at besides.
struct Why {
    std::string headline;
    std::string decision;
    std::vector<std::string> details;
    bool disagreement = false;  // the last detail is about it
};
Why why_of(const dto::TraceDto& trace, const World& world);
// What happened after the partition, when the customer is elsewhere by now; else empty.
std::string moved_since(const dto::CustomerPageDto& page, const World& world);

}  // namespace qudao::client::customer
