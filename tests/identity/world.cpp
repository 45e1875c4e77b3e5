#include "tests/identity/world.hpp"

#include <array>
#include <stdexcept>

namespace qudao::identity {
namespace {

constexpr std::string_view kChannelLetters[] = {"DK", "SY", "GZ", "TB", "LD"};
constexpr std::array<std::string_view, 10> kNames = {"城东", "城西", "江南", "𠮷祥", "Ärzte", "青秀", "ABC", "石塘", "㐂乐", "白沙"};

std::string three_digits(std::uint64_t number) {
    std::string text = std::to_string(number % 1000);
    return std::string(3 - text.size(), '0') + text;
}

class UnitMaker {
public:
    explicit UnitMaker(Random& random) : random_(random) {}

    Organisation make() {
        const auto channel_count = static_cast<std::size_t>(random_.between(2, 5));
        for (std::size_t c = 0; c < channel_count; ++c)
            channels_.push_back({ChannelId{static_cast<std::int64_t>(c) + 1}, "channel_" + std::to_string(c), std::string(kChannelLetters[c]), "Channel"});
        const UnitId province = add(UnitKind::province, {}, {}, {});
        std::vector<UnitId> tops;
        for (const Channel& channel : channels_) tops.push_back(add(UnitKind::channel, channel.id, {}, province));
        const std::int64_t networks = random_.between(2, 3);
        for (std::int64_t n = 0; n < networks; ++n) add_network(province, tops);
        auto organisation = Organisation::build(channels_, units_);
        if (!organisation) throw std::logic_error(organisation.error().code);
        return std::move(*organisation);
    }

private:
    UnitId add(UnitKind kind, ChannelId channel, UnitId area_parent, UnitId channel_parent) {
        UnitRecord unit;
        unit.id = UnitId{static_cast<std::int64_t>(units_.size()) + 1};
        unit.code = "U" + three_digits(units_.size()) + std::string(channel ? kChannelLetters[channel.value - 1] : "XX");
        unit.name = std::string(random_.pick(kNames));
        unit.name += std::to_string(random_.below(100));
        unit.kind = kind;
        unit.channel = channel;
        unit.area_parent = area_parent;
        unit.channel_parent = channel_parent;
        unit.sort_order = static_cast<std::int32_t>(random_.below(4));
        unit.active = !random_.one_in(6);
        units_.push_back(std::move(unit));
        return units_.back().id;
    }

    void add_network(UnitId province, const std::vector<UnitId>& tops) {
        const UnitId network = add(UnitKind::local_network, {}, province, {});
        const UnitId branch = add(UnitKind::branch, {}, network, {});
        for (std::size_t c = 0; c < tops.size(); ++c) {
            const ChannelId channel = channels_[c].id;
            const UnitId network_channel = add(UnitKind::network_channel, channel, {}, tops[c]);
            const UnitId department = add(UnitKind::department, channel, branch, network_channel);
            const UnitId team = add(UnitKind::team, channel, department, department);
            const std::int64_t places = random_.between(2, 4);
            for (std::int64_t p = 0; p < places; ++p) {
                constexpr UnitKind kPlaces[] = {UnitKind::community, UnitKind::contracted_area, UnitKind::pool};
                add(kPlaces[random_.below(3)], channel, team, team);
            }
            // One that is always in use, so that something can be moved in every team.
            add(UnitKind::community, channel, team, team);
            units_.back().active = true;
        }
    }

    Random& random_;
    std::vector<Channel> channels_;
    std::vector<UnitRecord> units_;
};

void give(World& world, ActionMask actions, UnitId unit, ChannelMask channels) {
    Role role;
    role.id = RoleId{static_cast<std::int64_t>(world.roles.size()) + 1};
    role.code = "role_" + std::to_string(role.id.value);
    role.name = role.code;
    role.actions = actions;
    world.grants.push_back({world.actor, role.id, unit, channels});
    world.roles.push_back(std::move(role));
}

UnitId first_of(const Organisation& org, UnitKind kind) {
    for (const UnitRecord& unit : org.units())
        if (unit.kind == kind) return unit.id;
    return {};
}

void give_rights(World& world, Random& random, bool directed) {
    const Organisation& org = world.organisation;
    if (directed) {
        // Sees everything but one channel of one network's places; moves inside one network; crosses channels nowhere, or
        // in the other network alone.
        give(world, action_bit(Action::view_customer), first_of(org, UnitKind::province), kAllChannels);
        give(world, action_bit(Action::move_customer), first_of(org, UnitKind::local_network), kAllChannels);
        return;
    }
    const std::int64_t grants = random.between(1, 4);
    for (std::int64_t i = 0; i < grants; ++i) {
        const UnitRecord& unit = org.units()[index_below(random, org.size())];
        const auto channels = random.one_in(2) ? kAllChannels : static_cast<ChannelMask>(random.below(32));
        give(world, static_cast<ActionMask>(random.between(1, 7)), unit.id, channels);
    }
    give(world, action_bit(Action::view_customer), org.units()[index_below(random, org.size())].id, kAllChannels);
}

void set_day(World& world, Random& random, bool closed) {
    world.window.open_day = static_cast<unsigned>(random.between(3, 28));
    world.window.close_day = static_cast<unsigned>(random.between(1, world.window.open_day - 2));
    const int year = static_cast<int>(random.between(2023, 2032));
    const auto month = static_cast<unsigned>(random.between(1, 12));
    if (closed) {
        world.day = make_date(year, month, static_cast<unsigned>(random.between(world.window.close_day + 1, world.window.open_day - 1)));
    } else if (random.one_in(2)) {
        world.day = make_date(year, month, static_cast<unsigned>(random.between(1, world.window.close_day)));
    } else {
        world.day = make_date(year, month, static_cast<unsigned>(random.between(world.window.open_day, last_day_of_month(year, month))));
    }
    world.basis = {random.between(1, 1000), random.between(1, 100), random.between(1, 100)};
    world.revenue_period = period_of(world.day);
}

void add_customers(World& world, Random& random) {
    std::vector<UnitId> places;
    for (const UnitRecord& unit : world.organisation.units())
        if (is_place(unit.kind)) places.push_back(unit.id);
    const std::int64_t count = random.between(30, 80);
    for (std::int64_t i = 0; i < count; ++i) {
        Customer customer;
        customer.id = CustomerId{i + 1};
        // One statement for each number drawn: in which order operands are worked out is the compiler's choice.
        customer.code = "077" + std::to_string(random.below(10));
        customer.code += std::to_string(100'000'000 + i * 7919 + random.between(0, 7918));
        customer.place = random.pick(places);
        customer.version = static_cast<std::int32_t>(random.between(1, 9));
        // Often at the very edge: a lock ends on the day it names.
        if (random.one_in(5)) customer.locked_until = add_days(world.day, static_cast<std::int32_t>(random.one_in(3) ? random.between(0, 1) : random.between(-3, 400)));
        if (!random.one_in(4)) customer.revenue_fen = random.between(-5'000, 9'000'000'000);
        world.customers.push_back(std::move(customer));
    }
}

}  // namespace

World make_world(Random& random, const Shape& shape) {
    World world;
    world.organisation = UnitMaker(random).make();
    set_day(world, random, shape.closed);
    give_rights(world, random, shape.directed);
    world.rights = Rights(world.organisation, world.roles, world.grants, world.actor);
    add_customers(world, random);
    return world;
}

CustomerColumns World::visible() const {
    CustomerColumns columns;
    for (const Customer& customer : customers) {
        const UnitIndex place = organisation.find(customer.place);
        if (!rights.scope(Action::view_customer).covers(place)) continue;
        columns.push_back(customer.code, customer.id.value, customer.version, place, customer.locked_until, customer.revenue_fen.has_value(),
                          customer.revenue_fen.value_or(0));
    }
    return columns;
}

std::vector<UnitTotal> World::totals() const {
    std::vector<UnitTotal> totals(organisation.size());
    const CustomerColumns columns = visible();
    for (std::size_t i = 0; i < columns.size(); ++i)
        totals[columns.place[i]] += {1, columns.has_revenue[i], columns.revenue_fen[i]};
    return totals;
}

}  // namespace qudao::identity
