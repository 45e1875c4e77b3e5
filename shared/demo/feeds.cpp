#include "shared/demo/feeds.hpp"

#include <algorithm>
#include <array>

#include "shared/base/random.hpp"
#include "shared/demo/geography.hpp"
#include "shared/demo/names.hpp"

namespace qudao::demo {
namespace {

constexpr std::int64_t kFixedLines = 3'000'000;   // numbers of customers: area code and 3000000 onwards
constexpr std::int64_t kRangeNumbers = 8'000'000; // of ranges
constexpr std::int64_t kNumbersPerRange = 100;
constexpr std::int64_t kSampleOld = 2'000;        // subscribers of the sample that are known
constexpr std::int64_t kSampleNew = 300;

std::string padded(std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

std::string_view area_code_of(std::string_view gb) {
    const auto all = networks();
    const auto it = std::find_if(all.begin(), all.end(), [&](const Network& network) { return network.gb == gb.substr(0, 4); });
    return it == all.end() ? std::string_view("0771") : it->area_code;
}

// Places that have cabinets: communities of the public channel, contracted areas.
bool has_cabinets(const UnitRecord& unit) {
    if (!unit.active) return false;
    return unit.kind == UnitKind::contracted_area || (unit.kind == UnitKind::community && unit.code.substr(6, 2) == "GZ");
}

std::string cabinet_code(std::int64_t place, std::int64_t which) { return "CD-GJ" + padded(place * 2 + which, 5); }

std::string join(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) line.append(line.empty() ? "" : "|").append(field);
    return line.append("\n");
}

class File {
public:
    File(std::string name, std::string_view kind, std::string_view day, std::string_view source, std::string_view columns) : name_(std::move(name)) {
        text_.append("#qudao-feed|").append(kind).append("|1|").append(day).append("|UTF-8|").append(source).append("\n").append(columns).append("\n");
    }
    void add(const std::vector<std::string>& fields) { add_line(join(fields)); }
    void add_line(const std::string& line) {
        text_ += line;
        ++lines_;
    }
    SampleFile finish() && {
        text_ += "#end|" + std::to_string(lines_) + "\n";
        return {std::move(name_), std::move(text_)};
    }

private:
    std::string name_;
    std::string text_;
    std::int64_t lines_ = 0;
};

std::string word_of(const std::string& status) {
    for (const feed::StatusWord& word : feed::statuses())
        if (word.code == status) return std::string(word.word);
    return status;
}

std::vector<std::string> fields_of(const ports::Subscriber& one) {
    return {one.access_number, one.name, one.address, word_of(one.status), one.contract, one.billing_area, format_date(one.installed_on), one.cabinet};
}

}  // namespace

std::vector<Cabinet> cabinets(const ports::OrganisationRecords& records) {
    std::vector<Cabinet> all;
    std::int64_t place = 0;
    for (const UnitRecord& unit : records.units) {
        if (!has_cabinets(unit)) continue;
        ++place;
        for (std::int64_t which = 0; which < 2; ++which)
            all.push_back({CabinetId{}, cabinet_code(place, which), unit.name + (which == 0 ? "甲箱" : "乙箱"), unit.id, 1});
    }
    for (int i = 0; i < 5; ++i) all.push_back({CabinetId{}, "CD-XJ" + padded(i + 1, 5), "新建箱", UnitId{}, 1});
    return all;
}

std::vector<NumberRange> number_ranges(const ports::OrganisationRecords& records) {
    std::vector<NumberRange> all;
    std::int64_t place = 0;
    for (const UnitRecord& unit : records.units) {
        if (!has_cabinets(unit) || ++place % 3 != 0) continue;
        const std::int64_t first = kRangeNumbers + place * kNumbersPerRange;
        const std::string area(area_code_of(unit.code));
        all.push_back({RangeId{}, area + padded(first, 7), area + padded(first + kNumbersPerRange - 1, 7), unit.id, 1});
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> area_codes(const ports::OrganisationRecords& records) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const UnitRecord& unit : records.units)
        if (unit.kind == UnitKind::branch) all.emplace_back(unit.billing_area, area_code_of(unit.billing_area));
    return all;
}

SubscriberMaker::SubscriberMaker(const Options& options, const ports::OrganisationRecords& records) : options_(options), homes_(records.units.size()) {
    std::int64_t place = 0;
    for (const UnitRecord& unit : records.units) {
        Home& home = homes_[static_cast<std::size_t>(unit.id.value) - 1];
        home.unit = unit.id.value;
        home.gb = unit.code.substr(0, 6);
        home.pool = unit.kind == UnitKind::pool;
        if (!has_cabinets(unit)) continue;
        ++place;
        for (std::int64_t which = 0; which < 2; ++which) home.cabinets.push_back(cabinet_code(place, which));
    }
}

const SubscriberMaker::Home& SubscriberMaker::home(UnitId unit) const { return homes_[static_cast<std::size_t>(unit.value) - 1]; }

std::vector<ports::Subscriber> SubscriberMaker::make(std::int64_t number, const Customer& customer) const {
    constexpr std::array<const char*, 8> kStatuses = {"in_use", "in_use", "in_use", "in_use", "in_use", "arrears_one_way", "kept", "arrears_two_way"};
    Random random(options_.seed, 0x5B5C000000 + static_cast<std::uint64_t>(number));
    const Home& place = home(customer.place);
    ports::Subscriber one;
    one.id = {number * 2 + 1};
    one.customer = customer.id;
    one.access_number = customer.code.substr(0, 4) + padded(kFixedLines + number, 7);
    one.name = customer.name;
    one.address = customer.address;
    one.status = random.percent(80) ? "in_use" : random.pick(kStatuses);
    one.contract = customer.contract;
    one.billing_area = place.gb;
    one.installed_on = customer.installed_on;
    one.as_of = add_days(demo_day(), -1);
    if (!place.cabinets.empty()) one.cabinet = random.pick(place.cabinets);
    std::vector<ports::Subscriber> all{one};
    if (!random.percent(30)) return all;
    one.id = {number * 2 + 2};
    one.access_number = "133" + padded(10'000'000 + number, 8);
    one.cabinet.clear();
    all.push_back(std::move(one));
    return all;
}

ports::PartitionTrace SubscriberMaker::trace(const Customer& customer, const ports::Subscriber& subscriber) const {
    ports::PartitionTrace trace;
    trace.subscriber = subscriber.id;
    trace.customer = customer.id;
    trace.decided_on = customer.installed_on;
    trace.access_number = subscriber.access_number;
    trace.contract = subscriber.contract;
    trace.billing_area = subscriber.billing_area;
    trace.rule = PartitionRule::billing_area_pool;
    trace.range_finding = Finding::unknown;
    trace.area_finding = Finding::found;
    trace.pool = trace.place = customer.place;
    return trace;
}

namespace {

// What every sample is drawn from.
struct Samples {
    explicit Samples(const Options& data)
        : options(data), records(organisation(data)), customers(data, records), subscribers(data, records), all_cabinets(cabinets(records)), ranges(number_ranges(records)), areas(area_codes(records)) {}

    SampleFile subscribers_file() const {
        File file("subscribers-20261118.txt", "subscribers", "2026-11-18", "billing", "access_number|name|address|status|contract|billing_area|installed_on|cabinet");
        for (std::int64_t number = 0; number < std::min(kSampleOld, customers.size()); ++number)
            for (ports::Subscriber one : subscribers.make(number, customers.make(number))) {
                if (number % 50 == 7) one.status = "kept";
                file.add(fields_of(one));
            }
        for (std::int64_t i = 0; i < kSampleNew; ++i) file.add(new_one(i));
        file.add_line("07719999991||没有名称|在用|477000000001|450103||\n");
        file.add_line("07719999992|状态不对|民族大道1号|暂停|477000000002|450103||\n");
        file.add_line("07719999993|少了几列|民族大道1号\n");
        return std::move(file).finish();
    }
    // New ones by cabinet, by range, by both, to the pool, in pairs of one contract, and a few of known contracts.
    std::vector<std::string> new_one(std::int64_t i) const {
        Random random(options.seed, 0xFEED000 + static_cast<std::uint64_t>(i));
        const auto& [area, area_code] = areas[static_cast<std::size_t>(i) % areas.size()];
        std::string number = area_code + padded(6'000'000 + i, 7);
        std::string cabinet;
        if (i % 3 == 0) cabinet = all_cabinets[static_cast<std::size_t>(i * 7) % all_cabinets.size()].code;
        if (i % 4 == 1 && !ranges.empty()) number = ranges[static_cast<std::size_t>(i) % ranges.size()].first.substr(0, 9) + padded(i % 100, 2);
        if (i % 29 == 5) cabinet = "CD-WZ" + padded(i, 5);  // nobody has entered it
        std::string contract = "47" + padded(1'000'000 + i / 2 * 2 + (i % 10 < 8 ? i % 2 : 0), 10);
        if (i % 11 == 3) contract = customers.make(i % customers.size()).contract;
        const std::int32_t ago = static_cast<std::int32_t>(i % 3);
        return {number, person_name(random), street_address(random, "南宁", "青秀区"), "在用", contract, area, format_date(add_days(demo_day(), -ago)), cabinet};
    }
    SampleFile lines_file() const {
        File file("lines-20261118.txt", "lines", "2026-11-18", "97", "access_number|cabinet");
        for (std::int64_t number = 0; number < std::min(kSampleOld, customers.size()); ++number) {
            const Customer customer = customers.make(number);
            const ports::Subscriber one = subscribers.make(number, customer).front();
            const bool waits = customer.installed_on > add_days(demo_day(), -60);
            if (one.cabinet.empty() && !waits) continue;
            const bool other = one.cabinet.empty() || number % 40 == 9;
            file.add({one.access_number, other ? all_cabinets[static_cast<std::size_t>(number) % all_cabinets.size()].code : one.cabinet});
        }
        return std::move(file).finish();
    }
    SampleFile charges_file() const {
        File file("charges-202610.txt", "charges", "202610", "analysis", "access_number|fee_item|amount");
        for (std::int64_t number = 0; number < customers.size(); ++number) {
            const Customer customer = customers.make(number);
            if (!customer.revenue_fen) continue;
            const std::string line = customer.code.substr(0, 4) + padded(kFixedLines + number, 7);
            const Fen monthly = *customer.revenue_fen / 3, distant = *customer.revenue_fen / 4;
            file.add({line, "monthly", format_yuan(monthly, false)});
            file.add({line, "long_distance", format_yuan(distant, false)});
            file.add({line, "local", format_yuan(*customer.revenue_fen - monthly - distant, false)});
        }
        return std::move(file).finish();
    }
    SampleFile arrears_file(std::string_view source) const {
        File file("arrears-" + std::string(source) + "-20261118.txt", "arrears", "2026-11-18", source, "access_number|amount|since");
        const std::int64_t step = source == "billing" ? 23 : 31;
        for (std::int64_t number = step; number < std::min(kSampleOld * 4, customers.size()); number += step) {
            Random random(options.seed, 0xA44EA4 + static_cast<std::uint64_t>(number));
            const std::string line = customers.code_of(number).substr(0, 4) + padded(kFixedLines + number, 7);
            Fen owed = random.between(500, 90'000);
            if (source != "billing" && number % 2 == 0) owed += 150;
            file.add({line, format_yuan(owed, false), number % 5 == 0 ? "202609" : "202610"});
        }
        return std::move(file).finish();
    }
    SampleFile orders_file() const {
        constexpr std::array<const char*, 4> kServices = {"装机", "移机", "改名过户", "拆机"};
        constexpr std::array<const char*, 4> kStages = {"受理", "派单", "外线施工", "待竣工"};
        File file("orders-20261118.txt", "orders", "2026-11-18", "10000", "order_no|access_number|service|stage|accepted_on");
        for (std::int64_t number = 0; number < std::min(kSampleOld, customers.size()); number += 17) {
            Random random(options.seed, 0x0DE4 + static_cast<std::uint64_t>(number));
            const std::string line = customers.code_of(number).substr(0, 4) + padded(kFixedLines + number, 7);
            const auto accepted = static_cast<std::int32_t>(random.between(0, 12));
            const std::string service = random.pick(kServices);
            file.add({"GD" + padded(20261000 + number, 10), line, service, random.pick(kStages), format_date(add_days(demo_day(), -accepted))});
        }
        return std::move(file).finish();
    }

    Options options;
    ports::OrganisationRecords records;
    CustomerMaker customers;
    SubscriberMaker subscribers;
    std::vector<Cabinet> all_cabinets;
    std::vector<NumberRange> ranges;
    std::vector<std::pair<std::string, std::string>> areas;
};

}  // namespace

std::vector<SampleFile> sample_feeds(const Options& options) {
    const Samples samples(options);
    std::vector<SampleFile> files;
    files.push_back(samples.subscribers_file());
    files.push_back(samples.lines_file());
    files.push_back(samples.charges_file());
    files.push_back(samples.arrears_file("billing"));
    files.push_back(samples.arrears_file("accounts"));
    files.push_back(samples.orders_file());
    return files;
}

}  // namespace qudao::demo
