// Cabinets and number ranges (row G5): what each serves, a change with a preview of whom it concerns, the proposals that
// changed lines raise, and the what-if of one subscriber. Previews are made by the partition itself, in the page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/views/cabinets/cabinets_preview.hpp"
#include "client/views/common/address.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/unit_tree.hpp"

namespace qudao::client::cabinets {

enum class Tab : std::uint8_t { cabinets, ranges, proposals, what_if };

// A cabinet or range being looked at or entered.
struct Edit {
    bool range = false;
    bool fresh = false;
    dto::CabinetDto cabinet;         // as stored
    dto::NumberRangeDto number_range;
    UnitTree units;                  // the one chosen
    Remote<std::vector<dto::ServedSubscriberDto>> served;
    std::uint32_t generation = 0;
    Preview preview;                 // of the unit chosen
    bool saving = false;
    bool move_after = false;
    std::optional<Error> error;
};

struct Question {
    std::string access_number;
    std::string contract;
    std::string cabinet;
    std::string billing_area;
};

struct Model {
    Tab tab = Tab::cabinets;
    std::string text;                        // of the search
    Remote<std::vector<dto::CabinetDto>> cabinets;
    std::optional<std::string> next;
    bool more_loading = false;
    Remote<std::vector<dto::NumberRangeDto>> ranges;
    Remote<std::vector<dto::ProposalDto>> proposals;
    std::optional<std::int64_t> proposals_next;
    std::optional<Edit> edit;
    std::uint32_t edits = 0;
    Question question;
    Remote<dto::PartitionFactsDto> facts;
    std::optional<WhatIf> what_if;
};

struct Opened { Address address; };
struct TabPressed { Tab tab = Tab::cabinets; };
struct Searched { std::string text; };
struct CabinetsCame {
    std::string text;
    bool first = true;
    Result<dto::CabinetsDto> cabinets;
};
struct MoreWanted {};
struct RangesCame {
    std::int64_t after = 0;
    Result<dto::NumberRangesDto> ranges;
};
struct CabinetPressed { std::string code; };
struct RangePressed { std::int64_t range = 0; };
struct NewPressed {};
struct EditClosed {};
struct Named {            // of a new one: what was typed
    std::string code;
    std::string name;
    std::string first;
    std::string last;
};
struct UnitsUsed { UnitTreeEvent event; };
struct ServedCame {
    std::uint32_t generation = 0;
    bool first = true;
    Result<dto::ServedSubscribersDto> served;
};
struct SavePressed { bool move_after = false; };
struct RemovePressed {};
struct Saved { std::optional<Error> error; };
struct ProposalsCame { Result<dto::ProposalsDto> proposals; };
struct ProposalsMovePressed {};
struct ProposalDismissed { std::int64_t proposal = 0; };
struct Asked { Question question; };
struct FactsCame { Result<dto::PartitionFactsDto> facts; };
struct OrganisationCame {};
using Event = std::variant<Opened, TabPressed, Searched, CabinetsCame, MoreWanted, RangesCame, CabinetPressed, RangePressed, NewPressed, EditClosed, Named,
                           UnitsUsed, ServedCame, SavePressed, RemovePressed, Saved, ProposalsCame, ProposalsMovePressed, ProposalDismissed, Asked, FactsCame,
                           OrganisationCame>;

Effects reduce(Model& model, const Event& event, const World& world);
Address address_of(const Model& model);

}  // namespace qudao::client::cabinets
