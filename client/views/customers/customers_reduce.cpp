#include <utility>

#include "client/views/common/format.hpp"
#include "client/views/customers/customers_export.hpp"
#include "client/views/customer/customer_model.hpp"
#include "client/views/customers/customers_model.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/totals.hpp"

namespace qudao::client::customers {
namespace {

using query::Filter;
using query::Op;

constexpr std::string_view kSortFields[] = {"code", "name_key", "revenue", "installed_on"};

Sort sort_in(std::string_view text) {
    Sort sort;
    sort.descending = text.substr(0, 1) == "-";
    const std::string_view field = text.substr(sort.descending ? 1 : 0);
    for (const std::string_view known : kSortFields)
        if (known == field) sort.field = std::string(field);
    return sort;
}

std::string text_of(const Sort& sort) {
    if (sort == Sort{}) return {};
    return (sort.descending ? "-" : "") + sort.field;
}

// Every pool at or below the unit; a place nobody has when there is none, for "none" is not "all".
Filter in_pools(const World& world, const UnitTree& units) {
    Filter filter{"place", Op::any_of, {}, Tree::area};
    if (world.organisation) {
        const Organisation& org = *world.organisation;
        const UnitIndex under = world.unit(units.selected);
        for (UnitIndex unit = 0; unit < org.size() && filter.values.size() < query::kMaxFilterValues; ++unit) {
            if (org.unit(unit).kind != UnitKind::pool) continue;
            if (under != kNoUnit && !org.interval(units.tree, under).contains(org.position(units.tree, unit))) continue;
            filter.values.emplace_back(org.unit(unit).id.value);
        }
    }
    if (filter.values.empty()) filter.values.emplace_back(std::int64_t{0});
    return filter;
}

void add_text(std::vector<Filter>& filters, std::string_view field, Op op, std::string text) {
    if (!text.empty()) filters.push_back({std::string(field), op, {std::move(text)}, Tree::area});
}

std::optional<Fault> add_values(std::vector<Filter>& filters, const Conditions& conditions) {
    if (!normalize_code(conditions.revenue).empty()) {
        const auto least = parse_yuan(normalize_code(conditions.revenue));
        if (!least) return Fault{"revenue", least.error()};
        filters.push_back({"revenue", Op::greater_equal, {*least}, Tree::area});
    }
    const std::pair<std::string_view, Op> bounds[] = {{"from", Op::greater_equal}, {"to", Op::less_equal}};
    for (const auto& [name, op] : bounds) {
        const std::string typed = normalize_code(name == "from" ? conditions.from : conditions.to);
        if (typed.empty()) continue;
        const auto day = parse_date(typed);
        if (!day) return Fault{std::string(name), day.error()};
        filters.push_back({"installed_on", op, {std::int64_t{day->days}}, Tree::area});
    }
    return std::nullopt;
}

query::QuerySpec sums_spec(query::QuerySpec spec) {
    spec.order.clear();
    spec.start_at.reset();
    spec.measures = {{query::MeasureKind::count, ""}, {query::MeasureKind::known, "revenue"}, {query::MeasureKind::sum, "revenue"}};
    return spec;
}

query::QuerySpec places_spec(query::QuerySpec spec) {
    spec = sums_spec(std::move(spec));
    spec.group_by = {"place"};
    return spec;
}

struct Reducer {
    Model& model;
    const World& world;

    // Asks for what the model says. Sums do not depend on the order or the place in it.
    Effects ask(bool sums_too) {
        Asking asking = asking_of(model, world);
        model.fault = std::move(asking.fault);
        if (model.fault) return {};
        Effects effects;
        Effect list = start(model.list, std::move(asking.spec));
        if (sums_too) add_sums(effects);
        effects.push_back(std::move(list));
        return effects;
    }
    void add_sums(Effects& effects) {
        effects.push_back(ask_sums());
        model.below = {};
        if (model.map) effects.push_back(ask_places());
    }
    Effect ask_places() {
        model.below.start();
        return FetchList{ListId::customer_places, ++model.below_generation, places_spec(model.list.spec), std::nullopt};
    }
    Effect ask_sums() {
        model.sums.start();
        return FetchList{ListId::customer_sums, ++model.sums_generation, sums_spec(model.list.spec), std::nullopt};
    }
    Effects ask_and_say(bool sums_too) {
        Effects effects = ask(sums_too);
        if (!model.fault) effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }

    Effects operator()(const Opened& event) {
        const Address& address = event.address;
        Conditions& c = model.conditions;
        c = Conditions{};
        c.name = address.get("name");
        c.code = address.get("code");
        c.contract = address.get("contract");
        c.channel = address.get("channel");
        c.revenue = address.get("revenue");
        c.from = address.get("from");
        c.to = address.get("to");
        c.locked = !address.get("locked").empty();
        c.in_pool = !address.get("pool").empty();
        c.period = address.number("period");
        model.sort = sort_in(address.get("sort"));
        model.jump = address.get("at");
        model.map = address.get("view") == "map";
        adopt_shape(model.list, shape_in(address), world);
        model.opened = true;
        ++model.conditions_version;
        select_unit(model.units, address.get("tree") == "channel" ? Tree::channel : Tree::area, address.number("unit"), world);
        return world.organisation ? ask(true) : Effects{};
    }
    Effects operator()(const OrganisationCame&) {
        refresh(model.units, world);
        return model.opened && model.list.state == RemoteState::idle ? ask(true) : Effects{};
    }
    Effects operator()(const UnitTreeUsed& event) {
        if (!client::reduce(model.units, event.event, world)) return {};
        model.jump.clear();
        return ask_and_say(true);
    }
    Effects operator()(const Asked& event) {
        model.conditions = event.conditions;
        model.jump.clear();
        return ask_and_say(true);
    }
    Effects operator()(const Reset&) {
        model.conditions = Conditions{};
        model.jump.clear();
        ++model.conditions_version;
        return ask_and_say(true);
    }
    Effects operator()(const ShapePressed& event) {
        model.map = event.map;
        Effects effects;
        if (model.map && !model.fault && model.below.state == RemoteState::idle && model.list.state != RemoteState::idle) effects.push_back(ask_places());
        effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    Effects operator()(const Sorted& event) {
        model.sort = event.sort;
        model.list.shape.sorts.clear();
        model.jump.clear();
        return ask_and_say(false);
    }
    Effects operator()(const ListShaped& event) {
        Effects effects = reshape(model.list, event.shape, world);
        if (effects.empty()) return effects;
        add_sums(effects);
        effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    Effects operator()(const Jumped& event) {
        const std::string before = std::exchange(model.jump, normalize_text(event.text));
        Effects effects = ask_and_say(false);
        if (model.fault) model.jump = before;
        return effects;
    }
    Effects operator()(const MoreWanted&) { return more(model.list); }
    Effects operator()(const Retried&) { return model.list.more_error ? more_again(model.list) : ask(true); }
    Effects operator()(const CustomersMoved&) { return model.list.state == RemoteState::idle ? Effects{} : ask(true); }
    Effects operator()(const ExportPressed&) {
        if (!world.may(Action::export_list)) return {};
        return {ExportList{export_request(model, world)}};
    }
    Effects operator()(const PagePressed& event) { return {Navigate{customer::address_of_customer(event.code), false}}; }
    Effects operator()(const LogPressed& event) {
        Address address{{"log"}, {}};
        return {Navigate{to_text(address.with("code", event.code)), false}};
    }
    Effects operator()(const ListArrived& event) {
        if (event.list == ListId::customer_sums) take_sums(event);
        else if (event.list == ListId::customer_places) take_places(event);
        else take(model.list, event);
        return {};
    }
    void take_places(const ListArrived& event) {
        if (event.generation != model.below_generation || !world.organisation) return;
        if (!event.page) return model.below.finish(event.page.error());
        const Organisation& org = *world.organisation;
        ListRows rows(query::Source::customer);
        rows.append(*event.page);
        std::vector<UnitTotal> places(org.size());
        for (std::int64_t row = 0; row < rows.size(); ++row) {
            const UnitIndex unit = world.unit(rows.number(row, "place").value_or(0));
            if (unit == kNoUnit) continue;
            places[unit].customers = rows.number(row, "count").value_or(0);
            places[unit].with_revenue = rows.number(row, "known:revenue").value_or(0);
            places[unit].revenue_fen = rows.number(row, "sum:revenue").value_or(0);
        }
        model.below.finish(roll_up(org, model.units.tree, places));
    }
    void take_sums(const ListArrived& event) {
        if (event.generation != model.sums_generation) return;
        if (!event.page) return model.sums.finish(event.page.error());
        ListRows rows(query::Source::customer);
        rows.append(*event.page);
        model.sums.finish(Sums{rows.number(0, "count").value_or(0), rows.number(0, "known:revenue").value_or(0),
                               rows.number(0, "sum:revenue").value_or(0)});
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    const Conditions& c = model.conditions;
    Address address{{"customers"}, {}};
    address.with("unit", model.units.selected).with("tree", model.units.tree == Tree::channel ? "channel" : "");
    address.with("name", c.name).with("code", c.code).with("contract", c.contract).with("channel", c.channel);
    address.with("revenue", c.revenue).with("from", c.from).with("to", c.to);
    address.with("locked", c.locked ? "1" : "").with("pool", c.in_pool ? "1" : "").with("period", c.period);
    address.with("sort", text_of(model.sort)).with("at", model.jump).with("view", model.map ? "map" : "");
    return put_shape(address, model.list.shape);
}

Result<query::Value> jump_value(const Sort& sort, std::string_view text) {
    // Downwards a beginning stands behind all that begin with it: '~' is above every digit and letter of a key.
    const std::string_view behind = sort.descending ? "~" : "";
    if (sort.field == "name_key") return query::Value(name_key(normalize_text(text)).append(behind));
    if (sort.field == "code") return query::Value(normalize_code(text).append(behind));
    if (sort.field == "revenue") {
        QUDAO_TRY(fen, parse_yuan(normalize_code(text)));
        return query::Value(fen);
    }
    QUDAO_TRY(day, parse_date(normalize_code(text)));
    return query::Value(std::int64_t{day.days});
}

Asking asking_of(const Model& model, const World& world) {
    Asking asking;
    query::QuerySpec& spec = asking.spec;
    const Conditions& c = model.conditions;
    spec.source = query::Source::customer;
    spec.limit = kListPageRows;
    if (model.units.selected != 0) spec.filters.push_back({"place", Op::under, {model.units.selected}, model.units.tree});
    add_text(spec.filters, "name", Op::contains, normalize_text(c.name));
    add_text(spec.filters, "code", Op::prefix, normalize_code(c.code));
    add_text(spec.filters, "contract", Op::prefix, normalize_code(c.contract));
    if (world.organisation && !c.channel.empty()) {
        const ChannelIndex channel = world.organisation->find_channel(c.channel);
        const std::int64_t id = channel == kNoChannel ? 0 : world.organisation->channels()[channel].id.value;
        spec.filters.push_back({"channel", Op::equal, {id}, Tree::area});
    }
    asking.fault = add_values(spec.filters, c);
    if (c.locked) spec.filters.push_back({"locked_until", Op::greater, {std::int64_t{world.day.days}}, Tree::area});
    if (c.period != 0) spec.filters.push_back({"new_in", Op::equal, {c.period}, Tree::area});
    if (c.in_pool) spec.filters.push_back(in_pools(world, model.units));
    spec.order = {{model.sort.field, model.sort.descending}};
    if (!model.jump.empty() && !asking.fault) {
        auto at = jump_value(model.sort, model.jump);
        if (at) spec.start_at = std::move(*at);
        else asking.fault = Fault{"jump", at.error()};
    }
    return asking;
}

}  // namespace qudao::client::customers
