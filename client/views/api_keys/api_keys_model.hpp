// Keys of other systems (row A7): made, told once, revoked.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/unit_tree.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/audit_dto.hpp"

namespace qudao::client::api_keys {

struct Model {
    Remote<dto::KeysDto> keys;
    bool adding = false;
    UnitTree units;
    ChannelMask channels = kAllChannels;
    bool saving = false;
    std::optional<Error> error;
    std::string token;            // told once
    std::int64_t revoking = 0;    // asked whether
};

struct Opened {};
struct Retried {};
struct AddPressed { bool open = true; };
struct UnitTreeUsed { UnitTreeEvent event; };
struct ChannelPressed { ChannelIndex channel = 0; };
struct AddConfirmed { std::string name; std::string expires_on; };
struct RevokePressed { std::int64_t key = 0; };   // 0: not after all
struct RevokeConfirmed {};
struct TokenTold {};
using Event = std::variant<Opened, Retried, AddPressed, UnitTreeUsed, ChannelPressed, AddConfirmed, RevokePressed, RevokeConfirmed, TokenTold, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.keys);
    asked.doing(model.saving);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }

}  // namespace qudao::client::api_keys
