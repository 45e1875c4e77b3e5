#include "shared/domain/partition.hpp"

#include <algorithm>

namespace qudao {
namespace {

constexpr std::array<std::string_view, 3> kPrecedences = {"cabinet_first", "range_first", "both_match"};
constexpr std::array<std::string_view, 5> kFindings = {"not_given", "unknown", "unmapped", "closed", "found"};
constexpr std::array<std::string_view, 7> kRules = {"contract_known", "contract_shared",   "cabinet",      "number_range",
                                                    "cabinet_and_range", "billing_area_pool", "fallback_pool"};

template <class Enum, class Codes>
std::optional<Enum> find_code(const Codes& codes, std::string_view code) {
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (codes[i] == code) return static_cast<Enum>(i);
    return std::nullopt;
}

// For each row whose contract nobody has yet, the row that makes its customer: of one contract the smallest number.
void find_makers(const NewSubscribers& rows, Partition& out) {
    const CodeIndex contracts(rows.contract);
    std::vector<std::uint32_t> first(rows.size());  // the first row of the same contract
    contracts.find_all(rows.contract, first);
    out.maker.assign(rows.size(), Partition::kNone);
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        if (rows.known_customer[row] != 0) continue;
        if (first[row] == row || rows.contract[row].empty()) {
            first[row] = row;
            out.maker[row] = row;
            continue;
        }
        std::uint32_t& best = out.maker[first[row]];
        if (rows.access_number[row] < rows.access_number[best]) best = row;
    }
    for (std::uint32_t row = 0; row < rows.size(); ++row)
        if (rows.known_customer[row] == 0 && first[row] != row) out.maker[row] = out.maker[first[row]];
}

}  // namespace

std::string_view code_of(Precedence precedence) { return kPrecedences[static_cast<std::size_t>(precedence)]; }
std::optional<Precedence> precedence_of(std::string_view code) { return find_code<Precedence>(kPrecedences, code); }
std::string_view code_of(Finding finding) { return kFindings[static_cast<std::size_t>(finding)]; }
std::optional<Finding> finding_of(std::string_view code) { return find_code<Finding>(kFindings, code); }
std::string_view code_of(PartitionRule rule) { return kRules[static_cast<std::size_t>(rule)]; }
std::optional<PartitionRule> partition_rule_of(std::string_view code) { return find_code<PartitionRule>(kRules, code); }

Status check_partition_policy(const PartitionPolicy& policy, const Organisation& org) {
    if (!policy.fallback_pool) return done();
    const UnitIndex unit = org.find(policy.fallback_pool);
    const bool good = unit != kNoUnit && org.unit(unit).active && org.unit(unit).kind == UnitKind::pool && org.channel_of(unit) == org.find_channel("public");
    return good ? done() : Status(Error::of("policy.fallback_pool").with("unit", policy.fallback_pool.value));
}

Decision decide(const Evidence& evidence) {
    const bool by_cabinet = evidence.cabinet == Finding::found;
    const bool by_range = evidence.range == Finding::found;
    Decision decision;
    decision.disagreement = by_cabinet && by_range && evidence.cabinet_place != evidence.range_place;
    if (evidence.contract_known || evidence.contract_shared) {
        decision.rule = evidence.contract_known ? PartitionRule::contract_known : PartitionRule::contract_shared;
        decision.disagreement = false;  // nothing of it was asked
        return decision;
    }
    if (by_cabinet && by_range && !decision.disagreement) {
        decision.rule = PartitionRule::cabinet_and_range;
        decision.place = evidence.cabinet_place;
        return decision;
    }
    const bool range_wins = by_range && (!by_cabinet || evidence.precedence == Precedence::range_first);
    if ((by_cabinet || by_range) && evidence.precedence != Precedence::both_match) {
        decision.rule = range_wins ? PartitionRule::number_range : PartitionRule::cabinet;
        decision.place = range_wins ? evidence.range_place : evidence.cabinet_place;
        return decision;
    }
    decision.rule = evidence.area == Finding::found ? PartitionRule::billing_area_pool : PartitionRule::fallback_pool;
    decision.place = evidence.pool;
    return decision;
}

Partition partition(const NewSubscribers& rows, const PlaceMap& map) {
    Partition out;
    find_makers(rows, out);
    out.cabinet_row.resize(rows.size());
    map.find_cabinets(rows.cabinet, out.cabinet_row);
    std::vector<UnitIndex> pools(rows.size());
    map.find_pools(rows.billing_area, pools);
    out.range_row.resize(rows.size());
    out.evidence.resize(rows.size());
    out.decision.resize(rows.size());
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        Evidence& evidence = out.evidence[row];
        evidence.precedence = map.policy().precedence;
        evidence.contract_known = rows.known_customer[row] != 0;
        evidence.contract_shared = !evidence.contract_known && out.maker[row] != row;
        // Also of one that joins a customer: the page can say where its cabinet lies.
        const PlaceMap::Served cabinet = map.cabinet(out.cabinet_row[row]);
        evidence.cabinet = rows.cabinet[row].empty() ? Finding::not_given : cabinet.finding;
        evidence.cabinet_place = cabinet.place;
        out.range_row[row] = map.find_range(rows.access_number[row]);
        const PlaceMap::Served range = map.range(out.range_row[row]);
        evidence.range = range.finding;
        evidence.range_place = range.place;
        evidence.area = pools[row] != kNoUnit ? Finding::found : rows.billing_area[row].empty() ? Finding::not_given : Finding::unknown;
        evidence.pool = pools[row] != kNoUnit ? pools[row] : map.fallback_pool();
        const Decision decision = decide(evidence);
        out.decision[row] = decision;
        ++out.by_rule[static_cast<std::size_t>(decision.rule)];
        out.disagreements += decision.disagreement ? 1 : 0;
        out.new_customers += out.maker[row] == row ? 1 : 0;
    }
    return out;
}

}  // namespace qudao
