// Cabinets and number ranges (row G5): what each serves, a change with a preview of whom it concerns, the proposals that
// changed lines raise, and the what-if of one subscriber. Previews are made by the partition itself, in the page.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/views/cabinets/cabinets_preview.hpp"
#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
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
    Remote<Served> served;           // ready when all of them have come
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
    std::string text;                        // of the search for cabinets
    std::string number;                      // of the search for ranges
    Remote<std::vector<dto::CabinetDto>> cabinets;
    Remote<std::vector<dto::NumberRangeDto>> ranges;
    std::optional<std::string> next;         // of the list on screen, cabinets or ranges
    Remote<std::vector<dto::ProposalDto>> proposals;
    std::optional<std::int64_t> proposals_next;
    bool more_loading = false;               // the next page of the list on screen
    std::optional<Error> more_error;         // it did not come: the list ends here until it is opened anew
    bool proposals_gathering = false;        // all pages, to move them
    std::set<std::int64_t> chosen;           // proposals by id
    std::optional<Edit> edit;
    std::uint32_t edits = 0;
    Question question;
    Remote<dto::PartitionFactsDto> facts;
    std::optional<WhatIf> what_if;
};

struct Opened { Address address; };
struct TabPressed { Tab tab = Tab::cabinets; };
struct Retried {};        // the list of the tab
struct Searched { std::string text; };
struct CabinetsCame {
    std::string text;
    bool first = true;
    Result<dto::CabinetsDto> cabinets;
};
struct MoreWanted {};
struct RangesCame {
    std::string text;
    bool first = true;
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
struct ProposalsCame {
    std::int64_t after = 0;
    Result<dto::ProposalsDto> proposals;
};
struct ProposalsMovePressed {};      // those chosen; of none chosen: all there are
struct ProposalChosen { std::int64_t proposal = 0; };
struct AllChosen {};                 // of those shown; again: none
struct ProposalClosed {
    std::int64_t proposal = 0;
    std::optional<Error> error;
};
struct ProposalDismissed { std::int64_t proposal = 0; };
struct Asked { Question question; };
struct FactsCame { Result<dto::PartitionFactsDto> facts; };
struct OrganisationCame {};
using Event = std::variant<Opened, TabPressed, Retried, Searched, CabinetsCame, MoreWanted, RangesCame, CabinetPressed, RangePressed, NewPressed, EditClosed, Named,
                           UnitsUsed, ServedCame, SavePressed, RemovePressed, Saved, ProposalsCame, ProposalsMovePressed, ProposalChosen, AllChosen,
                           ProposalDismissed, ProposalClosed, Asked, FactsCame,
                           OrganisationCame>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    if (model.tab == Tab::cabinets) asked(model.cabinets);
    if (model.tab == Tab::ranges) asked(model.ranges);
    if (model.tab == Tab::proposals) asked(model.proposals);
    if (model.more_error) asked.missing(*model.more_error);
    asked.by_hand(model.facts);
    asked.doing(model.more_loading);
    if (!model.edit) return;
    asked.by_hand(model.edit->served);
    asked.doing(model.edit->saving);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);
// "200+" while there are more than have come.
std::string proposals_count(const Model& model);

}  // namespace qudao::client::cabinets
