#include <algorithm>
#include <array>

#include "server/sql/bulk.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

std::vector<Channel> read_channels(Session& session) {
    std::vector<Channel> channels;
    // By number: the place of a channel in this list is its bit in every mask.
    session.select("select id, code, name, name_en from channel order by id", "ittt", {}, [&](const Row& row) {
        channels.push_back({row.id<ChannelId>(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
    });
    return channels;
}

std::vector<UnitRecord> read_units(Session& session) {
    std::vector<UnitRecord> units;
    session.read(
        "select id, code, name, kind, channel_id, area_parent, channel_parent, billing_area, sort_order, active from unit order by id",
        "itttiiitii", [&](const Row& row) {
            UnitRecord& unit = units.emplace_back();
            const auto kind = unit_kind_of(row.text(3));
            if (!kind) throw Failure(Failure::Kind::other, 0, "unknown kind of unit " + std::string(row.text(3)));
            unit.id = row.id<UnitId>(0);
            unit.code = row.text(1);
            unit.name = row.text(2);
            unit.kind = *kind;
            unit.channel = row.id<ChannelId>(4);
            unit.area_parent = row.id<UnitId>(5);
            unit.channel_parent = row.id<UnitId>(6);
            unit.billing_area = row.text(7);
            unit.sort_order = static_cast<std::int32_t>(row.number(8));
            unit.active = row.number(9) != 0;
        });
    return units;
}

template <class Tag>
void add_id(BulkInsert& insert, Id<Tag> id) {
    if (id) insert.add(id.value);
    else insert.add_null();
}

void insert_channels(Session& session, const std::vector<Channel>& channels) {
    BulkInsert insert(session, "channel (id, code, name, name_en)", 4);
    for (const Channel& channel : channels) insert.add(channel.id.value).add(channel.code).add(channel.name).add(channel.name_en);
    insert.finish();
}

// Intervals come later, for all units at once.
void insert_units(Session& session, const std::vector<UnitRecord>& units) {
    BulkInsert insert(session,
                      "unit (id, code, name, kind, channel_id, area_parent, channel_parent, billing_area, sort_order, active, area_first, "
                      "area_last, channel_first, channel_last, channel_bit)",
                      15);
    for (const UnitRecord& unit : units) {
        insert.add(unit.id.value).add(unit.code).add(unit.name).add(code_of(unit.kind));
        add_id(insert, unit.channel);
        add_id(insert, unit.area_parent);
        add_id(insert, unit.channel_parent);
        insert.add(unit.billing_area).add(std::int64_t{unit.sort_order}).add(std::int64_t{unit.active});
        insert.add(0).add(-1).add(0).add(-1).add(0);
    }
    insert.finish();
}

// A unit that is not in a tree must not look like the root: its empty interval is stored where no other begins.
Interval stored(Interval interval) { return interval.empty() ? Interval{-1, -2} : interval; }

void write_intervals(Session& session, const Organisation& org) {
    session.run(
        "create temporary table if not exists unit_interval (unit_id bigint not null primary key, area_first integer not null, "
        "area_last integer not null, channel_first integer not null, channel_last integer not null, channel_bit bigint not null)");
    session.run("delete from unit_interval");
    BulkInsert insert(session, "unit_interval (unit_id, area_first, area_last, channel_first, channel_last, channel_bit)", 6);
    for (UnitIndex unit = 0; unit < org.size(); ++unit) {
        const Interval area = stored(org.interval(Tree::area, unit));
        const Interval channel = stored(org.interval(Tree::channel, unit));
        insert.add(org.unit(unit).id.value).add(area.first).add(area.last).add(channel.first).add(channel.last);
        insert.add(std::int64_t{channel_bit(org.channel_of(unit))});
    }
    insert.finish();
    session.run(session.mariadb() ? "update unit u join unit_interval i on i.unit_id = u.id set u.area_first = i.area_first, "
                                    "u.area_last = i.area_last, u.channel_first = i.channel_first, u.channel_last = i.channel_last, "
                                    "u.channel_bit = i.channel_bit"
                                  : "update unit set area_first = i.area_first, area_last = i.area_last, channel_first = i.channel_first, "
                                    "channel_last = i.channel_last, channel_bit = i.channel_bit from unit_interval i where i.unit_id = unit.id");
}

}  // namespace

Result<ports::OrganisationRecords> OrganisationStore::load() {
    return guarded(session_, [&]() -> Result<ports::OrganisationRecords> {
        return ports::OrganisationRecords{read_channels(session_), read_units(session_)};
    });
}

Status OrganisationStore::add(const ports::OrganisationRecords& records) {
    QUDAO_TRY(whole, load());
    whole.channels.insert(whole.channels.end(), records.channels.begin(), records.channels.end());
    whole.units.insert(whole.units.end(), records.units.begin(), records.units.end());
    std::sort(whole.channels.begin(), whole.channels.end(), [](const Channel& a, const Channel& b) { return a.id < b.id; });
    QUDAO_TRY(org, Organisation::build(std::move(whole.channels), std::move(whole.units)));
    return guarded(session_, [&]() -> Status {
        insert_channels(session_, records.channels);
        insert_units(session_, records.units);
        write_intervals(session_, org);
        return done();
    });
}

Status OrganisationStore::set_active(UnitId unit, bool active) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("update unit set active = :active where id = :unit",
                                              {named("active", std::int64_t{active}), named("unit", unit.value)});
        if (changed == 0) return Error::of("organisation.unknown_unit").with("unit", unit.value);
        return done();
    });
}

Status OrganisationStore::change(const UnitRecord& unit) {
    QUDAO_TRY(whole, load());
    const auto known = std::find_if(whole.units.begin(), whole.units.end(), [&](const UnitRecord& one) { return one.id == unit.id; });
    if (known == whole.units.end()) return Error::of("organisation.unknown_unit").with("unit", unit.id.value);
    *known = unit;
    QUDAO_TRY(org, Organisation::build(std::move(whole.channels), std::move(whole.units)));
    return guarded(session_, [&]() -> Status {
        const auto none_or = [](std::string_view name, std::int64_t id) { return Bind{std::string(name), id == 0 ? Value() : Value(id)}; };
        session_.execute(
            "update unit set code = :code, name = :name, kind = :kind, channel_id = :channel, area_parent = :area, channel_parent = :above, "
            "billing_area = :billing, sort_order = :sort, active = :active where id = :id",
            {named("code", unit.code), named("name", unit.name), named("kind", code_of(unit.kind)), none_or("channel", unit.channel.value),
             none_or("area", unit.area_parent.value), none_or("above", unit.channel_parent.value), named("billing", unit.billing_area),
             named("sort", std::int64_t{unit.sort_order}), named("active", std::int64_t{unit.active}), named("id", unit.id.value)});
        write_intervals(session_, org);
        return done();
    });
}

Status OrganisationStore::remove(UnitId unit) {
    QUDAO_TRY(whole, load());
    if (std::erase_if(whole.units, [&](const UnitRecord& one) { return one.id == unit; }) == 0)
        return Error::of("organisation.unknown_unit").with("unit", unit.value);
    QUDAO_TRY(org, Organisation::build(std::move(whole.channels), std::move(whole.units)));
    return guarded(session_, [&]() -> Status {
        // A key that opens nothing any more goes with it; that it was is in the audit trail.
        session_.execute("delete from api_key where unit_id = :unit and revoked_at is not null", {named("unit", unit.value)});
        session_.execute("delete from unit where id = :unit", {named("unit", unit.value)});
        write_intervals(session_, org);
        return done();
    });
}

// Every column that names a unit is here: a table that gains one adds its line.
Result<std::vector<ports::UnitUse>> OrganisationStore::uses(UnitId unit) {
    struct Counted {
        std::string_view what;
        std::string_view statement;
    };
    constexpr std::array kCounted = {
        Counted{"customers", "select count(*) from customer where place_id = :unit"},
        Counted{"adjustments", "select (select count(*) from adjustment where from_unit = :unit) + (select count(*) from adjustment where to_unit = :same)"},
        Counted{"batches", "select count(*) from batch_unit where unit_id = :unit"},
        Counted{"handovers", "select (select count(*) from handover where unit_id = :unit) + (select count(*) from handover_receipt where unit_id = :same)"},
        Counted{"rounds", "select (select count(*) from round_mark where unit_id = :unit) + (select count(*) from round_customer where target_unit = :same)"},
        Counted{"cabinets", "select count(*) from cabinet where unit_id = :unit"},
        Counted{"ranges", "select count(*) from number_range where unit_id = :unit"},
        Counted{"policies", "select count(*) from partition_policy where fallback_pool_id = :unit"},
        Counted{"proposals", "select count(*) from cabinet_proposal where :unit in (from_unit, to_unit)"},
        Counted{"traces", "select count(*) from partition_trace where :unit in (cabinet_place, range_place, pool, place)"},
        Counted{"roles", "select count(*) from person_role where unit_id = :unit"},
        Counted{"keys", "select count(*) from api_key where unit_id = :unit and revoked_at is null"},
    };
    return guarded(session_, [&]() -> Result<std::vector<ports::UnitUse>> {
        std::vector<ports::UnitUse> uses;
        for (const Counted& counted : kCounted) {
            Binds binds = {named("unit", unit.value)};
            if (counted.statement.find(":same") != std::string_view::npos) binds.push_back(named("same", unit.value));
            const std::int64_t count = session_.number(counted.statement, binds).value_or(0);
            if (count != 0) uses.push_back({std::string(counted.what), count});
        }
        return uses;
    });
}

}  // namespace qudao::sql
