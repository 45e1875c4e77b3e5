#include <algorithm>
#include <unordered_map>

#include "shared/base/random.hpp"
#include "shared/demo/demo.hpp"
#include "shared/demo/geography.hpp"
#include "shared/demo/names.hpp"
#include "shared/domain/standard_roles.hpp"

namespace qudao::demo {
namespace {

using std::string;

// Numbers of section F, which are the ids of standard_roles().
enum RoleNumber : std::int64_t {
    kSystem = 1, kProvinceQuery, kProvinceChannel, kNetworkQuery, kNetworkLead, kNetworkSupport, kNetworkChannel, kNetworkSystem,
    kNetworkReview, kNetworkBusiness, kBranchReview, kBranchBusiness, kDepartmentAdministrator, kDepartmentSupport, kDepartmentLead,
    kTeamLead, kManager,
};

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
        hire_rest();
        return std::move(staff_);
    }

private:
    static constexpr std::string_view kTeam = "450103GZ02";
    static constexpr std::string_view kCommunity = "450103GZ0201";

    const UnitRecord& unit(std::string_view code) const { return records_.units[by_code_.at(string(code))]; }

    const UnitRecord& channel_unit(std::string_view channel) const {
        const auto& channels = records_.channels;
        const auto wanted = std::find_if(channels.begin(), channels.end(), [&](const Channel& c) { return c.code == channel; });
        return *std::find_if(records_.units.begin(), records_.units.end(),
                             [&](const UnitRecord& u) { return u.kind == UnitKind::channel && u.channel == wanted->id; });
    }

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
        grant(employ_printed("nn_public", kNetworkChannel, unit("4501GZ")), kNetworkQuery, unit("GX4501"));
        // All channels of the network, but not from one to another.
        employ_printed("nn_channel", kNetworkChannel, unit("GX4501"));
        employ_printed("tl_qx02", kTeamLead, unit(kTeam));
        employ_printed("cm_qx01", kManager, unit(kCommunity));
        employ_printed("nn_query", kNetworkQuery, unit("GX4501"));
        employ_printed("sysadmin", kSystem, unit("GX45"));
    }

    // The other roles, last: the ones before keep their ids and names.
    void hire_rest() {
        employ_printed("gx_query", kProvinceQuery, unit("GX45"));
        employ_printed("nn_lead", kNetworkLead, unit("4501GZ"));
        employ_printed("nn_support", kNetworkSupport, unit("4501GZ"));
        employ_printed("nn_sysadmin", kNetworkSystem, unit("GX4501"));
        employ_printed("nn_review", kNetworkReview, unit("GX4501"));
        employ_printed("nn_business", kNetworkBusiness, unit("GX4501"));
        employ_printed("qx_review", kBranchReview, unit("GX450103"));
        employ_printed("qx_business", kBranchBusiness, unit("GX450103"));
        employ_printed("qx_dept_admin", kDepartmentAdministrator, unit("450103GZ"));
        employ_printed("qx_dept_support", kDepartmentSupport, unit("450103GZ"));
        employ_printed("qx_dept_lead", kDepartmentLead, unit("450103GZ"));
        // Of the whole province, one a department: they confirm the monthly round.
        for (const auto& [login, channel] : {std::pair("dep_key", "key_account"), std::pair("dep_commercial", "commercial"), std::pair("dep_contracted", "contracted")})
            employ_printed(login, kProvinceChannel, channel_unit(channel));
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

std::vector<Role> roles() { return standard_roles(); }

Staff staff(const Options& options, const ports::OrganisationRecords& records) { return Hiring(options, records).hire(); }

}  // namespace qudao::demo
