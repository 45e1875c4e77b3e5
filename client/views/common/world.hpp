// What is the same for every view: who is there, the date, the organisation, what its units hold, and the language.
// Views read it; only the application changes it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/i18n/code_text.hpp"
#include "client/i18n/error_text.hpp"
#include "client/i18n/text.hpp"
#include "client/views/common/form_data.hpp"
#include "shared/domain/move_plan.hpp"
#include "shared/domain/organisation.hpp"
#include "shared/domain/rights.hpp"
#include "shared/dto/session_dto.hpp"

namespace qudao::client {

struct World {
    Words words;
    bool sandbox = false;
    dto::SessionDto session;
    ActionMask actions = 0;   // held anywhere
    Date day;                 // the business date
    std::shared_ptr<const Organisation> organisation;  // null until it came
    std::vector<UnitTotal> totals[kTrees];             // by dense index, summed up each tree; empty until they came
    std::string totals_as_of;
    std::vector<std::int64_t> home_units;              // where the person holds a role
    Forms forms;                                       // of the person, not saved

    Language language() const { return words.language(); }
    bool may(Action action) const { return (actions & action_bit(action)) != 0; }
    UnitIndex unit(std::int64_t id) const { return organisation ? organisation->find(UnitId{id}) : kNoUnit; }
    // Names as they are shown; an unknown id gives "#12", 0 gives "".
    std::string unit_name(std::int64_t id) const;
    std::string unit_path(std::int64_t id, Tree tree = Tree::area) const;  // without the province
    std::string unit_above(std::int64_t id) const;   // the path without the unit itself
    std::string unit_code(std::int64_t id) const;
    // The unit holds one where the person has a role, or lies below one: what stands there is at least partly theirs to see.
    bool sees_part_of(UnitIndex unit) const;
    std::string channel_name(std::int64_t id) const;
    std::string channel_name(const Channel& channel) const;
    std::string channel_of(std::int64_t unit) const;
    std::string role_name(std::string_view code, std::string_view name) const;
};

// Fills what follows from the session.
void take_session(World& world, dto::SessionDto session);

}  // namespace qudao::client
