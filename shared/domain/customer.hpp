// A customer (客户) and a person (员工), as stored. The current place is never empty (row A8).
#pragma once

#include <optional>
#include <string>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/money.hpp"

namespace qudao {

struct Customer {
    CustomerId id;
    std::string code;      // text, 13 digits
    std::string name;
    std::string contract;  // main contract number (合同号), text
    std::string address;   // install address
    UnitId place;          // marketing attribute: the unit responsible now
    ChannelId statistical; // statistical attribute, independent of the place
    Date installed_on;
    std::optional<Fen> revenue_fen;  // of Settings::revenue_period; none: the period has no data of this customer
    std::int32_t version = 1;
    Date locked_until;     // kNoDate: not locked
    Period new_in;         // the account period it was first placed in; 0: before that was recorded
};

struct Person {
    PersonId id;
    std::string login;
    std::string name;
    bool active = true;
    bool must_change_password = false;  // somebody else knows it
    std::int32_t version = 1;           // of what an administrator changes
};

}  // namespace qudao
