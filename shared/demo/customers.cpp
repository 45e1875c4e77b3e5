#include "shared/demo/customers.hpp"

#include <algorithm>

#include "shared/demo/geography.hpp"
#include "shared/demo/names.hpp"

namespace qudao::demo {
namespace {

enum ChannelNumber : std::size_t { kKeyAccount, kCommercial, kPublic, kContracted, kMobile };

constexpr std::string_view kExampleCommunity = "450103GZ0201";

// Multiplying by a number prime to ten mixes the numbers below a power of ten without ever giving one twice.
constexpr std::uint64_t kCodeSpace = 1'000'000'000;
constexpr std::uint64_t kCodeFactor = 387'420'489;
constexpr std::uint64_t kContractFactor = 716'151'937;

std::string padded(std::uint64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width - digits.size(), '0') + digits;
}

// Index of the network of a unit code that begins with its GB code: "450103GZ…" and "GX450103" alike.
std::size_t network_of(std::string_view gb) { return static_cast<std::size_t>((gb[2] - '0') * 10 + (gb[3] - '0')) - 1; }

}  // namespace

CustomerMaker::CustomerMaker(const Options& options, const ports::OrganisationRecords& records) : options_(options) {
    for (const UnitRecord& unit : records.units) networks_ += unit.kind == UnitKind::local_network ? 1 : 0;
    for (std::size_t n = 0; n < networks_; ++n) network_weights_ += networks()[n].weight;
    served_.resize(networks_);
    pools_.resize(networks_);
    Random random(options.seed, 0x91ACE);
    for (const UnitRecord& unit : records.units) {
        // A branch comes before what is below it, so the last district is the current one.
        if (unit.kind == UnitKind::branch) {
            const std::string_view gb = unit.billing_area;
            const auto known = network_of(gb) == 0 ? nanning_districts() : invented_districts();
            const auto it = std::find_if(known.begin(), known.end(), [&](const auto& d) { return d.gb == gb.substr(4); });
            districts_.push_back({std::string(it->name), std::string(it->full)});
        }
        if (is_place(unit.kind) && unit.active) add_place(unit, random);
    }
}

void CustomerMaker::add_place(const UnitRecord& unit, Random& random) {
    auto& by_network = unit.kind == UnitKind::pool ? pools_ : served_;
    Places& places = by_network[network_of(unit.code)][static_cast<std::size_t>(unit.channel.value) - 1];
    const std::uint32_t before = places.empty() ? 0 : places.back().weight_end;
    if (unit.code == kExampleCommunity) example_ = {unit.id, 0, static_cast<std::uint32_t>(districts_.size() - 1)};
    places.push_back({unit.id, before + static_cast<std::uint32_t>(random.between(2, 9)), static_cast<std::uint32_t>(districts_.size() - 1)});
}

CustomerMaker::Home CustomerMaker::home_of(std::int64_t number) const {
    if (number < kFewestCustomers) return example_home(number);
    Random random(options_.seed, static_cast<std::uint64_t>(number) * 2);
    Home home;
    auto ticket = static_cast<std::uint32_t>(random.below(network_weights_));
    while (ticket >= networks()[home.network].weight) ticket -= networks()[home.network++].weight;
    ticket = static_cast<std::uint32_t>(random.below(1000));
    while (ticket >= channel_plans()[home.channel].weight) ticket -= channel_plans()[home.channel++].weight;
    home.in_pool = random.percent(6);
    const Places& places = (home.in_pool ? pools_ : served_)[home.network][home.channel];
    const auto at = static_cast<std::uint32_t>(random.below(places.back().weight_end));
    home.place = &*std::upper_bound(places.begin(), places.end(), at, [](std::uint32_t value, const Place& p) { return value < p.weight_end; });
    return home;
}

// The first dozen are placed by hand, so that the smallest demonstration, too, has some of everything.
CustomerMaker::Home CustomerMaker::example_home(std::int64_t number) const {
    struct Example {
        std::size_t network;
        std::size_t channel;
        bool in_pool;
        std::size_t place;  // taken round
    };
    constexpr Example kExamples[kFewestCustomers] = {
        {0, kPublic, false, 1},     {0, kPublic, false, 1},  {0, kPublic, false, 0},    {0, kPublic, true, 0},
        {0, kCommercial, false, 0}, {0, kCommercial, true, 0}, {0, kKeyAccount, false, 0}, {0, kContracted, false, 0},
        {0, kMobile, false, 0},     {0, kPublic, true, 1},   {1, kPublic, false, 0},    {1, kCommercial, false, 0}};
    const Example& example = kExamples[number];
    const Places& places = (example.in_pool ? pools_ : served_)[example.network][example.channel];
    if (number < 2) return {example.network, example.channel, &example_, false};
    return {example.network, example.channel, &places[example.place % places.size()], example.in_pool};
}

std::string CustomerMaker::code_of(std::int64_t number, const Home& home) const {
    const std::uint64_t shifted = static_cast<std::uint64_t>(number) + options_.seed % kCodeSpace;
    return std::string(networks()[home.network].area_code) + padded(shifted % kCodeSpace * kCodeFactor % kCodeSpace, 9);
}

std::string CustomerMaker::free_code(std::int64_t number) const {
    return code_of(kMostCustomers + number, Home{static_cast<std::size_t>(number) % networks_, kPublic, nullptr, false});
}

std::string CustomerMaker::name_for(Random& random, const Home& home, std::int64_t number) const {
    const std::string_view city = networks()[home.network].name;
    switch (home.channel) {
        case kKeyAccount: return random.percent(40) ? institution_name(random, city) : firm_name(random, city);
        case kCommercial: return random.percent(90) ? firm_name(random, city) : person_name(random);
        case kContracted: return random.percent(30) ? estate_name(random) + "物业服务中心" : person_name(random);
        default: return number < 2 ? rare_person_name(random, static_cast<std::uint64_t>(number)) : person_name(random);
    }
}

// A floor by channel, times one to ten, and now and then much more: few customers make most of the revenue.
Fen CustomerMaker::revenue_for(Random& random, const Home& home) const {
    constexpr std::array<std::int64_t, 5> kFloorFen = {500'000, 12'000, 1'900, 1'500, 900};
    Fen amount = kFloorFen[home.channel] * random.between(100, 1000) / 100;
    amount += random.between(0, 99);
    for (int doublings = 0; doublings < 7 && random.percent(22); ++doublings) amount *= 2;
    return amount;
}

void CustomerMaker::add_history(Random& random, const Home& home, Customer& customer) const {
    const Date day = demo_day();
    if (home.in_pool) {
        // The month's new ones; a few were forgotten earlier and wait, locked, for their year to pass (row D8).
        const bool forgotten = random.percent(8);
        customer.installed_on = add_days(day, -static_cast<std::int32_t>(forgotten ? random.between(60, 300) : random.between(1, 45)));
        if (forgotten) customer.locked_until = add_months(customer.installed_on, 13);
    } else {
        const std::int64_t months = random.percent(30) ? random.between(2, 36) : random.between(30, 330);
        customer.installed_on = add_days(add_months(day, -static_cast<int>(months)), static_cast<std::int32_t>(random.between(-12, 9)));
        if (random.percent(2)) customer.locked_until = add_days(day, static_cast<std::int32_t>(random.between(-360, 200)));
        customer.version += static_cast<std::int32_t>(random.percent(15) ? random.between(1, 4) : 0);
    }
    customer.new_in = period_of(customer.installed_on);
    const bool billed = customer.installed_on < make_date(2026, 11, 1);
    const Fen amount = revenue_for(random, home);
    if (billed && !random.percent(5)) customer.revenue_fen = amount;
}

Customer CustomerMaker::make(std::int64_t number) const {
    const Home home = home_of(number);
    Random random(options_.seed, static_cast<std::uint64_t>(number) * 2 + 1);
    const District& district = districts_[home.place->district];
    Customer customer;
    customer.id = {number + 1};
    customer.code = code_of(number, home);
    customer.name = name_for(random, home, number);
    customer.contract = "450" + padded(static_cast<std::uint64_t>(number + 1) * kContractFactor % kCodeSpace, 9);
    customer.address = street_address(random, networks()[home.network].name, district.full);
    customer.place = home.place->unit;
    const std::size_t statistical = random.percent(92) ? home.channel : static_cast<std::size_t>(random.below(kChannelPlans));
    customer.statistical = {static_cast<std::int64_t>(statistical) + 1};
    add_history(random, home, customer);
    return customer;
}

}  // namespace qudao::demo
