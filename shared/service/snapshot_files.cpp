#include "shared/service/snapshot_files.hpp"

#include <array>
#include <charconv>
#include <limits>

#include "shared/dto/codec.hpp"
#include "shared/workbook/table_reader.hpp"

namespace qudao::service {
namespace {

using dto::Json;

constexpr std::string_view kUnits = "units.csv";
constexpr std::string_view kCustomers = "customers.csv";
constexpr std::array<std::string_view, 10> kUnitColumns = {"unit_id",     "unit_code",      "unit_name",    "kind",       "channel",
                                                           "area_parent", "channel_parent", "billing_area", "sort_order", "active"};
constexpr std::array<std::string_view, 6> kCustomerColumns = {"customer_id", "customer_code", "version", "place", "locked_until", "revenue_fen"};

// RFC 4180; names may hold commas and quotes.
void append_cell(std::string& csv, std::string_view text, bool last = false) {
    if (text.find_first_of(",\"\r\n") == text.npos) {
        csv += text;
    } else {
        csv += '"';
        for (const char c : text) {
            if (c == '"') csv += '"';
            csv += c;
        }
        csv += '"';
    }
    csv += last ? '\n' : ',';
}

template <std::size_t N>
std::string header_of(const std::array<std::string_view, N>& columns) {
    std::string csv;
    for (std::size_t i = 0; i < N; ++i) append_cell(csv, columns[i], i + 1 == N);
    return csv;
}

// A csv whose columns are found by name; each row is handed on as texts in the order wanted.
template <std::size_t N, class OnRow>
class NamedColumns final : public workbook::RowSink {
public:
    NamedColumns(std::string_view file, const std::array<std::string_view, N>& names, OnRow on_row)
        : file_(file), names_(names), on_row_(std::move(on_row)) {}

    Status header(std::string_view, const workbook::Row& row) override {
        for (std::size_t i = 0; i < N; ++i) {
            column_[i] = kNowhere;
            for (const workbook::Cell& cell : row.cells)
                if (cell.text == names_[i]) column_[i] = cell.column;
            if (column_[i] == kNowhere) return Error::of("snapshot.column").with("file", file_).with("column", names_[i]);
        }
        return done();
    }
    Status row(const workbook::Row& row) override {
        std::array<std::string_view, N> texts;
        for (const workbook::Cell& cell : row.cells)
            for (std::size_t i = 0; i < N; ++i)
                if (column_[i] == cell.column) texts[i] = cell.text;
        const std::size_t wrong = on_row_(texts);
        if (wrong == N) return done();
        return Error::of("snapshot.value").with("file", file_).with("row", row.number).with("column", names_[wrong]).with("found", texts[wrong]);
    }

private:
    static constexpr std::uint32_t kNowhere = 0xFFFFFFFFu;
    std::string_view file_;
    const std::array<std::string_view, N>& names_;
    OnRow on_row_;
    std::array<std::uint32_t, N> column_{};
};

// `on_row` takes an array of texts and returns the index of the first wrong one, or N.
template <std::size_t N, class OnRow>
Status read_csv(std::string_view csv, std::string_view file, const std::array<std::string_view, N>& names, OnRow on_row) {
    workbook::ReadOptions options;
    options.limits.file_bytes = std::numeric_limits<std::int64_t>::max();
    options.limits.rows = std::numeric_limits<std::int64_t>::max();
    NamedColumns<N, OnRow> sink(file, names, std::move(on_row));
    auto read = workbook::read_table(csv, options, sink);
    return read ? done() : Status(std::move(read).error());
}

template <class T>
bool number(std::string_view text, T& value) {
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
}

bool optional_date(std::string_view text, Date& date) {
    date = kNoDate;
    if (text.empty()) return true;
    const auto parsed = parse_date(text);
    if (parsed) date = *parsed;
    return parsed.ok();
}

std::string code_or_empty(const Organisation& org, UnitId id) {
    const UnitIndex unit = org.find(id);
    return unit == kNoUnit ? std::string() : org.unit(unit).code;
}

struct RawUnit {
    UnitRecord record;
    std::string channel;
    std::string area_parent;
    std::string channel_parent;
};

Result<std::vector<RawUnit>> read_units(std::string_view csv) {
    std::vector<RawUnit> units;
    QUDAO_CHECK(read_csv(csv, kUnits, kUnitColumns, [&](const std::array<std::string_view, 10>& cell) -> std::size_t {
        RawUnit unit;
        if (!number(cell[0], unit.record.id.value)) return 0;
        unit.record.code = std::string(cell[1]);
        unit.record.name = std::string(cell[2]);
        const auto kind = unit_kind_of(cell[3]);
        if (!kind) return 3;
        unit.record.kind = *kind;
        unit.channel = std::string(cell[4]);
        unit.area_parent = std::string(cell[5]);
        unit.channel_parent = std::string(cell[6]);
        unit.record.billing_area = std::string(cell[7]);
        if (!number(cell[8], unit.record.sort_order)) return 8;
        if (cell[9] != "0" && cell[9] != "1") return 9;
        unit.record.active = cell[9] == "1";
        units.push_back(std::move(unit));
        return 10;
    }));
    return units;
}

// Parents and channels are named by code; the records want ids.
std::vector<UnitRecord> resolve(const std::vector<RawUnit>& raw, const std::vector<Channel>& channels) {
    constexpr std::int64_t kUnknown = -1;  // no such id: Organisation::build refuses it by name
    std::unordered_map<std::string, std::int64_t> ids;
    for (const RawUnit& unit : raw) ids.emplace(unit.record.code, unit.record.id.value);
    const auto id_of = [&](const std::string& code) {
        if (code.empty()) return UnitId{};
        const auto it = ids.find(code);
        return UnitId{it == ids.end() ? kUnknown : it->second};
    };
    std::vector<UnitRecord> units;
    for (const RawUnit& unit : raw) {
        UnitRecord record = unit.record;
        record.area_parent = id_of(unit.area_parent);
        record.channel_parent = id_of(unit.channel_parent);
        if (!unit.channel.empty()) record.channel = ChannelId{kUnknown};
        for (const Channel& channel : channels)
            if (channel.code == unit.channel) record.channel = channel.id;
        units.push_back(std::move(record));
    }
    return units;
}

Error bad_file(std::string_view file, std::string_view why) { return Error::of("snapshot.file").with("file", file).because(why); }

struct PolicyFile {
    struct ChannelLine {
        std::int64_t id = 0;
        std::string code, name, name_en;
        template <class V, class Self>
        static void fields(V& v, Self& self) {
            v("id", self.id);
            v("code", self.code);
            v("name", self.name);
            v("name_en", self.name_en);
        }
    };
    std::int64_t basis = 0, rights_version = 0, policy_version = 0;
    std::int32_t open_day = 9, close_day = 3, revenue_period = 0;
    std::string day;
    std::vector<ChannelLine> channels;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis);
        v("rights_version", self.rights_version);
        v("policy_version", self.policy_version);
        v("open_day", self.open_day, dto::number(2, 28));
        v("close_day", self.close_day, dto::number(1, 27));
        v("revenue_period", self.revenue_period);
        v("day", self.day);
        v("channels", self.channels, dto::items(kMaxChannels));
    }
};

struct RightsFile {
    struct RoleLine {
        std::int64_t id = 0;
        std::string code, name;
        std::vector<std::string> actions;
        template <class V, class Self>
        static void fields(V& v, Self& self) {
            v("id", self.id);
            v("code", self.code);
            v("name", self.name);
            v("actions", self.actions);
        }
    };
    struct PersonLine {
        std::int64_t id = 0;
        std::string login, name;
        template <class V, class Self>
        static void fields(V& v, Self& self) {
            v("id", self.id);
            v("login", self.login);
            v("name", self.name);
        }
    };
    struct GrantLine {
        std::int64_t person = 0, role = 0;
        std::string unit;
        std::int64_t channels = kAllChannels;  // mask over the channels of policy.json, in their order
        template <class V, class Self>
        static void fields(V& v, Self& self) {
            v("person", self.person);
            v("role", self.role);
            v("unit", self.unit);
            v("channels", self.channels, dto::number(0, kAllChannels));
        }
    };
    std::vector<RoleLine> roles;
    std::vector<PersonLine> persons;
    std::vector<GrantLine> grants;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("roles", self.roles);
        v("persons", self.persons);
        v("grants", self.grants);
    }
};

Status read_policy(std::string_view text, SnapshotWorld& world, std::vector<Channel>& channels) {
    auto file = dto::from_json<PolicyFile>(text);
    if (!file) return bad_file("policy.json", file.error().fields.empty() ? "" : file.error().fields.front().field);
    world.settings.basis = {file->basis, file->rights_version, file->policy_version};
    world.settings.window = {static_cast<unsigned>(file->open_day), static_cast<unsigned>(file->close_day)};
    QUDAO_CHECK(check_window_policy(world.settings.window));
    world.settings.revenue_period = Period{file->revenue_period};
    QUDAO_TRY(day, parse_date(file->day));
    world.day = day;
    for (auto& line : file->channels) channels.push_back({ChannelId{line.id}, line.code, line.name, line.name_en});
    return done();
}

Status read_rights(std::string_view text, SnapshotWorld& world) {
    auto file = dto::from_json<RightsFile>(text);
    if (!file) return bad_file("rights.json", file.error().fields.empty() ? "" : file.error().fields.front().field);
    for (auto& line : file->roles) {
        Role role{RoleId{line.id}, line.code, line.name, 0};
        for (const std::string& code : line.actions) {
            const auto action = action_of(code);
            if (!action) return bad_file("rights.json", code);
            role.actions |= action_bit(*action);
        }
        world.roles.push_back(std::move(role));
    }
    for (auto& line : file->persons) world.persons.push_back({PersonId{line.id}, line.login, line.name, true});
    for (auto& line : file->grants) {
        const UnitIndex unit = world.organisation.find(line.unit);
        if (unit == kNoUnit) return Error::of("rights.unknown_unit").with("unit", line.unit);
        world.grants.push_back({PersonId{line.person}, RoleId{line.role}, world.organisation.unit(unit).id, static_cast<ChannelMask>(line.channels)});
    }
    return check_grants(world.organisation, world.roles, world.grants);
}

}  // namespace

std::string units_csv(const Organisation& org) {
    std::string csv = header_of(kUnitColumns);
    for (UnitIndex i = 0; i < org.size(); ++i) {
        const UnitRecord& unit = org.unit(i);
        append_cell(csv, std::to_string(unit.id.value));
        append_cell(csv, unit.code);
        append_cell(csv, unit.name);
        append_cell(csv, code_of(unit.kind));
        append_cell(csv, org.channel_of(i) == kNoChannel ? "" : org.channels()[org.channel_of(i)].code);
        append_cell(csv, code_or_empty(org, unit.area_parent));
        append_cell(csv, code_or_empty(org, unit.channel_parent));
        append_cell(csv, unit.billing_area);
        append_cell(csv, std::to_string(unit.sort_order));
        append_cell(csv, unit.active ? "1" : "0", true);
    }
    return csv;
}

std::string policy_json(const SnapshotWorld& world) {
    PolicyFile file;
    file.basis = world.settings.basis.number;
    file.rights_version = world.settings.basis.rights_version;
    file.policy_version = world.settings.basis.policy_version;
    file.open_day = static_cast<std::int32_t>(world.settings.window.open_day);
    file.close_day = static_cast<std::int32_t>(world.settings.window.close_day);
    file.revenue_period = world.settings.revenue_period.yyyymm;
    file.day = format_date(world.day);
    for (const Channel& channel : world.organisation.channels())
        file.channels.push_back({channel.id.value, channel.code, channel.name, channel.name_en});
    return dto::to_json(file);
}

std::string rights_json(const SnapshotWorld& world) {
    RightsFile file;
    for (const Role& role : world.roles) {
        RightsFile::RoleLine line{role.id.value, role.code, role.name, {}};
        for (std::size_t i = 0; i < kActions; ++i)
            if ((role.actions & action_bit(static_cast<Action>(i))) != 0) line.actions.emplace_back(code_of(static_cast<Action>(i)));
        file.roles.push_back(std::move(line));
    }
    for (const Person& person : world.persons) file.persons.push_back({person.id.value, person.login, person.name});
    for (const Grant& grant : world.grants)
        file.grants.push_back({grant.person.value, grant.role.value, code_or_empty(world.organisation, grant.unit), grant.channels});
    return dto::to_json(file);
}

std::string_view customers_csv_header() { return "customer_id,customer_code,version,place,locked_until,revenue_fen\n"; }

void append_customer_line(std::string& csv, const CustomerLine& line) {
    append_cell(csv, std::to_string(line.id));
    append_cell(csv, line.code);
    append_cell(csv, std::to_string(line.version));
    append_cell(csv, line.place);
    append_cell(csv, format_date(line.locked_until));
    append_cell(csv, line.revenue_fen ? std::to_string(*line.revenue_fen) : std::string(), true);
}

Result<SnapshotWorld> read_snapshot(const SnapshotTexts& texts) {
    SnapshotWorld world;
    std::vector<Channel> channels;
    QUDAO_CHECK(read_policy(texts.policy_json, world, channels));
    QUDAO_TRY(raw, read_units(texts.units_csv));
    std::vector<UnitRecord> units = resolve(raw, channels);
    QUDAO_TRY(organisation, Organisation::build(std::move(channels), std::move(units)));
    world.organisation = std::move(organisation);
    QUDAO_CHECK(read_rights(texts.rights_json, world));
    return world;
}

Result<SnapshotCustomers> read_customers(std::string_view customers_csv, const Organisation& org, const Scope& view, const MoveRows& rows) {
    SnapshotCustomers customers;
    customers.totals.resize(org.size());
    const CodeIndex wanted(rows.customer_code);
    QUDAO_CHECK(read_csv(customers_csv, kCustomers, kCustomerColumns, [&](const std::array<std::string_view, 6>& cell) -> std::size_t {
        std::int64_t id = 0;
        std::int32_t version = 0;
        Date locked_until;
        Fen revenue_fen = 0;
        if (!number(cell[0], id)) return 0;
        if (!number(cell[2], version)) return 2;
        const UnitIndex place = org.find(cell[3]);
        if (place == kNoUnit) return 3;
        if (!optional_date(cell[4], locked_until)) return 4;
        const bool known = !cell[5].empty();
        if (known && !number(cell[5], revenue_fen)) return 5;
        if (!view.covers(place)) return 6;
        customers.totals[place] += {1, known ? 1 : 0, revenue_fen};
        if (wanted.find(cell[1]) != CodeIndex::kNone) customers.named.push_back(cell[1], id, version, place, locked_until, known, revenue_fen);
        return 6;
    }));
    return customers;
}

}  // namespace qudao::service
