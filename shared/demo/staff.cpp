#include <algorithm>
#include <unordered_map>

#include "shared/base/random.hpp"
#include "shared/demo/demo.hpp"
#include "shared/demo/geography.hpp"
#include "shared/demo/names.hpp"

namespace qudao::demo {
namespace {

using std::string;

enum RoleNumber : std::int64_t { kSystem = 1, kProvinceChannel, kNetworkChannel, kTeamLead, kManager, kDataQuery };

constexpr ActionMask mask(std::initializer_list<Action> actions) {
    ActionMask all = 0;
    for (const Action action : actions) all |= action_bit(action);
    return all;
}

string lower(std::string_view code) {
    string out(code);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return out;
}

class Hiring {
public:
    Hiring(const Options& options, const ports::OrganisationRecords& records)
        : random_(options.seed, 0x57AFF), records_(records), roles_(roles()) {
        for (std::size_t i = 0; i < records.units.size(); ++i) by_code_.emplace(records.units[i].code, i);
    }

    Staff hire() {
        hire_printed();
        for (const UnitRecord& unit : records_.units) {
            switch (unit.kind) {
                case UnitKind::network_channel: hire_channel_administrator(unit); break;
                case UnitKind::team:
                    if (unit.code != kTeam) employ("tl_" + lower(unit.code), kTeamLead, unit);
                    break;
                case UnitKind::community:
                case UnitKind::contracted_area:
                    if (unit.code != kCommunity) employ("cm_" + lower(unit.code), kManager, unit);
                    break;
                default: break;
            }
        }
        return std::move(staff_);
    }

private:
    static constexpr std::string_view kTeam = "450103GZ02";
    static constexpr std::string_view kCommunity = "450103GZ0201";

    const UnitRecord& unit(std::string_view code) const { return records_.units[by_code_.at(string(code))]; }

    PersonId employ(string login, RoleNumber role, const UnitRecord& unit) {
        const PersonId id{static_cast<std::int64_t>(staff_.persons.size()) + 1};
        staff_.persons.push_back({id, std::move(login), person_name(random_), true});
        grant(id, role, unit);
        return id;
    }
    void grant(PersonId person, RoleNumber role, const UnitRecord& unit) {
        staff_.grants.push_back({person, RoleId{role}, unit.id, kAllChannels});
    }
    PersonId employ_printed(string login, RoleNumber role, const UnitRecord& unit) {
        const PersonId id = employ(std::move(login), role, unit);
        const Person& person = staff_.persons.back();
        staff_.accounts.push_back({person.login, person.name, roles_[static_cast<std::size_t>(role) - 1].name, unit.name});
        return id;
    }

    void hire_printed() {
        employ_printed("qudao_admin", kProvinceChannel, unit("GX45"));
        // Sees the whole network, moves what is of the own channel: the one way to be refused as out of scope.
        grant(employ_printed("nn_public", kNetworkChannel, unit("4501GZ")), kDataQuery, unit("GX4501"));
        // All channels of the network, but not from one to another.
        employ_printed("nn_channel", kNetworkChannel, unit("GX4501"));
        employ_printed("tl_qx02", kTeamLead, unit(kTeam));
        employ_printed("cm_qx01", kManager, unit(kCommunity));
        employ_printed("nn_query", kDataQuery, unit("GX4501"));
        employ_printed("sysadmin", kSystem, unit("GX45"));
    }

    void hire_channel_administrator(const UnitRecord& network_channel) {
        const std::string_view gb = std::string_view(network_channel.code).substr(0, 4);
        const auto& all = networks();
        const auto network = std::find_if(all.begin(), all.end(), [&](const Network& n) { return n.gb == gb; });
        const ChannelPlan& plan = channel_plans()[static_cast<std::size_t>(network_channel.channel.value) - 1];
        const string login = string(network->initials) + '_' + string(plan.code);
        if (login != "nn_public") employ(login, kNetworkChannel, network_channel);
    }

    Random random_;
    const ports::OrganisationRecords& records_;
    std::vector<Role> roles_;
    std::unordered_map<string, std::size_t> by_code_;
    Staff staff_;
};

}  // namespace

std::vector<Role> roles() {
    using enum Action;
    return {
        {RoleId{kSystem}, "system_administrator", "系统管理员", mask({view_customer, set_demo_date})},
        {RoleId{kProvinceChannel}, "channel_administrator", "渠道管理员",
         mask({view_customer, move_customer, cross_channel, undo_anytime, export_list, set_demo_date})},
        {RoleId{kNetworkChannel}, "network_channel_administrator", "本地网渠道管理员", mask({view_customer, move_customer, export_list})},
        {RoleId{kTeamLead}, "team_lead", "小组负责人", mask({view_customer, export_list})},
        {RoleId{kManager}, "customer_manager", "客户经理", mask({view_customer})},
        {RoleId{kDataQuery}, "data_query", "资料查询", mask({view_customer, export_list})},
    };
}

Staff staff(const Options& options, const ports::OrganisationRecords& records) { return Hiring(options, records).hire(); }

}  // namespace qudao::demo
