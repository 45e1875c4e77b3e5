// Policies: the adjustment window (row D7) and the precedence of the partition (row C4). What a change would do is shown before
// it can be saved, under the basis it was shown for.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/forms.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/domain/partition.hpp"
#include "shared/dto/policy_dto.hpp"

namespace qudao::client::policies {

struct Model {
    Remote<dto::PoliciesDto> policies;
    dto::PoliciesDto draft;
    std::int64_t restored_unix_ms = 0;          // the draft is one that was not saved, changed last then
    Remote<dto::PolicyEffectDto> effect;
    std::optional<dto::PoliciesDto> previewed;  // what `effect` is of
    bool saving = false;
    std::optional<Error> error;
};

struct Opened {};
struct Retried {};
struct WindowPicked { std::int32_t open_day = 0; std::int32_t close_day = 0; };
struct PrecedencePicked { Precedence precedence = Precedence::cabinet_first; };
struct FallbackPicked { std::int64_t pool = 0; };
struct PreviewPressed {};
struct SavePressed {};
struct UndoPressed {};
using Event = std::variant<Opened, Retried, WindowPicked, PrecedencePicked, FallbackPicked, PreviewPressed, SavePressed, UndoPressed, FormsCame, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.policies);
    asked.by_hand(model.effect);
    asked.doing(model.saving);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
bool changed(const Model& model);
// Its effect has been shown.
bool may_save(const Model& model);
// Public pools in use, for choosing.
std::vector<std::int64_t> public_pools(const World& world);

}  // namespace qudao::client::policies
