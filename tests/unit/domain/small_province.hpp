// A province small enough to know by heart:
//   P ─ N1 ─ B1 ─ D1 (public) ─ T1 ─ C1, C2, C3 (retired)      W1 pool of D1
//           │    └ D2 (commercial) ─ T2 ─ C4                   W2 pool of D2
//           └ B2 ─ D3 (public) ─ T3 ─ C5, A1 contracted area
//       N2 ─ B3 ─ D4 (commercial) ─ T4 ─ C6
// By channel: P ─ KP (public) ─ KP1 of N1 ─ D1, D3;  P ─ KC (commercial) ─ KC1 of N1 ─ D2; KC2 of N2 ─ D4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/move_plan.hpp"

namespace qudao::test {

inline constexpr ChannelMask kPublicMask = 1;
inline constexpr ChannelMask kCommercialMask = 2;

std::vector<Channel> small_channels();
std::vector<UnitRecord> small_units();
const Organisation& small_province();

inline UnitIndex at(std::string_view code) { return small_province().find(code); }
inline UnitId id_of(std::string_view code) { return small_province().unit(at(code)).id; }

// Rights of one person: each action over units with a mask of channels.
struct Held {
    ActionMask actions;
    std::string unit;
    ChannelMask channels = kAllChannels;
};
Rights rights_of(const std::vector<Held>& held);
inline constexpr ActionMask kView = action_bit(Action::view_customer);
inline constexpr ActionMask kMove = kView | action_bit(Action::move_customer);
inline constexpr ActionMask kCross = action_bit(Action::cross_channel);

struct Customers {
    CustomerColumns columns;
    std::int64_t next_id = 1;
    Customers& add(std::string_view code, std::string_view place, std::int32_t version = 1, Date lock = kNoDate, std::optional<Fen> revenue = 100);
};

// Rows as a reader of workbooks gives them; row numbers from 2.
struct Rows {
    MoveRowsBuilder builder;
    std::uint32_t next_row = 2;
    Rows& add(std::string_view customer, std::string_view target, Reason defect = Reason::none, std::string_view note = "");
    MoveRows done() { return std::move(builder).finish(); }
};

}  // namespace qudao::test
