#include <algorithm>

#include "shared/base/random.hpp"
#include "shared/demo/demo.hpp"
#include "shared/demo/geography.hpp"

namespace qudao::demo {
namespace {

using std::string;

constexpr std::string_view kNumerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::string_view kPublicTeams[] = {"城东", "城西", "城南", "城北"};
constexpr std::string_view kIndustries[] = {"党政", "金融", "教育", "医疗"};
constexpr std::string_view kTowns[] = {"长岭", "石塘", "新圩", "大桥", "白沙", "双凤", "金鸡", "平山"};

// How large each part is, by the number of customers.
struct Shape {
    std::size_t networks;
    std::uint32_t nanning_branches;
    std::uint32_t divide;        // the other networks have their full number of branches divided by this, at least one
    std::uint32_t team_percent;  // of the full numbers of teams and of places
    std::uint32_t place_percent;
};
Shape shape_for(std::int64_t customers) {
    if (customers < 100) return {2, 2, 8, 1, 1};
    if (customers < 2'000) return {4, 4, 4, 50, 34};
    if (customers < 50'000) return {14, 6, 4, 50, 50};
    if (customers < 300'000) return {14, 12, 1, 50, 67};
    return {14, 12, 1, 100, 100};
}
std::uint32_t share(std::uint32_t full, std::uint32_t percent) { return std::max(1u, full * percent / 100); }

string two_digits(std::uint32_t number) { return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)}; }
string join(std::initializer_list<std::string_view> parts) {
    string out;
    for (const std::string_view part : parts) out += part;
    return out;
}

class Builder {
public:
    explicit Builder(const Options& options) : random_(options.seed, 0x0A0A), shape_(shape_for(options.customers)) {}

    ports::OrganisationRecords build() {
        std::int64_t id = 0;
        for (const ChannelPlan& plan : channel_plans())
            records_.channels.push_back({ChannelId{++id}, string(plan.code), string(plan.name), string(plan.name_en)});
        province_ = add({.code = "GX45", .name = "广西区电信有限公司", .kind = UnitKind::province});
        for (std::size_t c = 0; c < kChannelPlans; ++c) {
            const ChannelPlan& plan = channel_plans()[c];
            channel_unit_[c] = add({.code = join({"GX", plan.letters}), .name = join({plan.name, "渠道"}), .kind = UnitKind::channel,
                                    .channel = channel_id(c), .channel_parent = province_, .sort_order = order(c)});
        }
        for (std::size_t n = 0; n < shape_.networks; ++n) add_network(networks()[n], n);
        return std::move(records_);
    }

private:
    static ChannelId channel_id(std::size_t channel) { return {static_cast<std::int64_t>(channel) + 1}; }
    static std::int32_t order(std::size_t position) { return static_cast<std::int32_t>(position) + 1; }
    UnitId add(UnitRecord unit) {
        unit.id = {static_cast<std::int64_t>(records_.units.size()) + 1};
        records_.units.push_back(std::move(unit));
        return records_.units.back().id;
    }

    void add_network(const Network& network, std::size_t position) {
        const UnitId network_id = add({.code = join({"GX", network.gb}), .name = join({network.name, "市电信分公司"}),
                                       .kind = UnitKind::local_network, .area_parent = province_, .sort_order = order(position)});
        UnitId channel_parent[kChannelPlans];
        for (std::size_t c = 0; c < kChannelPlans; ++c) {
            const ChannelPlan& plan = channel_plans()[c];
            channel_parent[c] = add({.code = join({network.gb, plan.letters}), .name = join({network.name, "市", plan.name, "渠道"}),
                                     .kind = UnitKind::network_channel, .channel = channel_id(c), .channel_parent = channel_unit_[c],
                                     .sort_order = order(position)});
        }
        const bool capital = position == 0;
        const std::uint32_t branches = capital ? shape_.nanning_branches : std::max(1u, network.branches / shape_.divide);
        for (std::uint32_t b = 0; b < branches; ++b) {
            const District& district = capital ? nanning_districts()[b] : invented_districts()[b];
            add_branch(network, network_id, channel_parent, district, b);
        }
    }

    void add_branch(const Network& network, UnitId network_id, const UnitId (&channel_parent)[kChannelPlans], const District& district,
                    std::uint32_t position) {
        const string gb = join({network.gb, district.gb});
        const UnitId branch = add({.code = join({"GX", gb}), .name = join({network.name, "市", district.name, district.urban ? "中心" : "分局"}),
                                   .kind = UnitKind::branch, .area_parent = network_id, .billing_area = gb, .sort_order = order(position)});
        for (std::size_t c = 0; c < kChannelPlans; ++c) {
            const ChannelPlan& plan = channel_plans()[c];
            const string code = join({gb, plan.letters});
            const UnitId department =
                add({.code = code, .name = join({district.full, plan.name, "部"}), .kind = UnitKind::department, .channel = channel_id(c),
                     .area_parent = branch, .channel_parent = channel_parent[c], .sort_order = order(c)});
            add({.code = join({code, "W0"}), .name = join({district.full, plan.name, "未分配社区"}), .kind = UnitKind::pool,
                 .channel = channel_id(c), .area_parent = department, .channel_parent = department, .billing_area = gb, .sort_order = 0});
            if (plan.teams == 0) add_contracted_areas(plan, c, department, code);
            else add_teams(plan, c, department, code, position == 0);
        }
    }

    void add_contracted_areas(const ChannelPlan& plan, std::size_t channel, UnitId department, const string& code) {
        const std::uint32_t count = share(plan.places, shape_.place_percent);
        const std::size_t first = static_cast<std::size_t>(random_.below(std::size(kTowns)));
        for (std::uint32_t i = 0; i < count; ++i)
            add({.code = join({code, "Q", two_digits(i + 1)}), .name = join({kTowns[(first + i) % std::size(kTowns)], "镇统包区"}),
                 .kind = UnitKind::contracted_area, .channel = channel_id(channel), .area_parent = department,
                 .channel_parent = department, .sort_order = order(i)});
    }

    // A department of the public channel has at least two teams: 城东二片 of 青秀区 is the example that everything shows.
    void add_teams(const ChannelPlan& plan, std::size_t channel, UnitId department, const string& code, bool largest) {
        const std::uint32_t teams = std::max(plan.code == "public" ? 2u : 1u, share(plan.teams, shape_.team_percent));
        for (std::uint32_t t = 0; t < teams; ++t) {
            const string team_code = join({code, two_digits(t + 1)});
            const string team_name = name_of_team(plan, t);
            const UnitId team = add({.code = team_code, .name = team_name, .kind = UnitKind::team, .channel = channel_id(channel),
                                     .area_parent = department, .channel_parent = department, .sort_order = order(t)});
            std::uint32_t places = share(plan.places, shape_.place_percent);
            if (places > 2 && !largest) places -= static_cast<std::uint32_t>(random_.below(2));
            for (std::uint32_t p = 0; p < places; ++p) {
                const bool retired = p > 0 && random_.one_in(40);
                add({.code = join({team_code, two_digits(p + 1)}), .name = join({team_name, std::to_string(p + 1), "社区"}),
                     .kind = UnitKind::community, .channel = channel_id(channel), .area_parent = team, .channel_parent = team,
                     .sort_order = order(p), .active = !retired});
            }
        }
    }

    static string name_of_team(const ChannelPlan& plan, std::uint32_t team) {
        if (plan.code == "public") return join({kPublicTeams[team / 2 % std::size(kPublicTeams)], kNumerals[team % 2], "片"});
        if (plan.code == "key_account") return join({kIndustries[team % std::size(kIndustries)], "行业片"});
        return join({plan.code == "commercial" ? "商企" : "流动", kNumerals[team % std::size(kNumerals)], "片"});
    }

    Random random_;
    Shape shape_;
    ports::OrganisationRecords records_;
    UnitId province_;
    UnitId channel_unit_[kChannelPlans];
};

}  // namespace

Date demo_day() { return make_date(2026, 11, 18); }

Status check(const Options& options) {
    if (options.customers >= kFewestCustomers && options.customers <= kMostCustomers) return done();
    return Error::of("demo.size").with("least", kFewestCustomers).with("most", kMostCustomers);
}

ports::OrganisationRecords organisation(const Options& options) { return Builder(options).build(); }

}  // namespace qudao::demo
