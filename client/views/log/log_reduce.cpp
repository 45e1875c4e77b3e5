#include <algorithm>
#include <array>

#include "client/views/batches/batches_model.hpp"
#include "client/views/common/format.hpp"
#include "client/views/log/log_model.hpp"
#include "shared/base/text.hpp"

namespace qudao::client::log {
namespace {

using query::Op;

std::optional<Fault> add_values(std::vector<query::Filter>& filters, const Conditions& conditions) {
    const std::string since = normalize_code(conditions.since);
    const std::string until = normalize_code(conditions.until);
    const std::string batch = normalize_code(conditions.batch);
    if (!since.empty()) {
        const auto day = parse_date(since);
        if (!day) return Fault{"since", day.error()};
        filters.push_back({"at", Op::greater_equal, {start_of_day(*day).epoch_ms}, Tree::area});
    }
    if (!until.empty()) {
        const auto day = parse_date(until);
        if (!day) return Fault{"until", day.error()};
        filters.push_back({"at", Op::less, {start_of_day(add_days(*day, 1)).epoch_ms}, Tree::area});
    }
    if (!batch.empty()) {
        if (number_in(batch) == 0) return Fault{"batch", Error::of("query.value_type").with("field", "batch")};
        filters.push_back({"batch", Op::equal, {number_in(batch)}, Tree::area});
    }
    return std::nullopt;
}

std::vector<engine::ExportColumn> lock_columns(const Words& words) {
    return {
        {"at", std::string(words(Text::column_at)), "", 20},
        {"code", std::string(words(Text::column_customer_code)), "", 16},
        {"name", std::string(words(Text::column_customer_name)), "", 28},
        {"place", std::string(words(Text::column_unit_code)), "code", 16},
        {"place", std::string(words(Text::column_unit)), "path", 50},
        {"period", std::string(words(Text::round_period)), "", 12},
        {"locked_before", std::string(words(Text::column_locked_before)), "", 14},
        {"locked_until", std::string(words(Text::column_locked_until)), "", 14},
        {"person", std::string(words(Text::column_person)), "", 12},
        {"reason", std::string(words(Text::column_reason)), "", 40},
    };
}

engine::ExportRequest export_request(const Model& model, const World& world) {
    const Words& words = world.words;
    engine::ExportRequest request;
    const bool locks = of_locks(model.conditions);
    request.source = query::code_of(locks ? query::Source::lock : query::Source::adjustment);
    request.list = dto::to_request((locks ? model.locks : model.list).spec);
    request.columns = locks ? lock_columns(words) : std::vector<engine::ExportColumn>{
        {"at", std::string(words(Text::column_at)), "", 20},
        {"kind", std::string(words(Text::column_kind)), "", 8},
        {"batch", std::string(words(Text::column_batch)), "", 10},
        {"row", std::string(words(Text::column_file_row)), "", 10},
        {"code", std::string(words(Text::column_customer_code)), "", 16},
        {"name", std::string(words(Text::column_customer_name)), "", 28},
        {"from", std::string(words(Text::column_from_code)), "code", 16},
        {"from", std::string(words(Text::column_from)), "path", 50},
        {"to", std::string(words(Text::column_to_code)), "code", 16},
        {"to", std::string(words(Text::column_to)), "path", 50},
        {"person", std::string(words(Text::column_person)), "", 12},
        {"note", std::string(words(Text::column_note)), "", 40},
    };
    for (const std::string_view kind : {"move", "undo"}) {
        request.values.code.push_back("kind." + std::string(kind));
        request.values.text.emplace_back(batch_kind_label(world.language(), kind));
    }
    if (locks) {  // what has no data means something here
        request.values.code.insert(request.values.code.end(), {"locked_until.", "person."});
        request.values.text.insert(request.values.text.end(), {std::string(words(Text::log_lifted)), std::string(words(Text::round_by_itself))});
    }
    request.sheet = std::string(words(Text::menu_log));
    request.file_name = words(locks ? Text::file_locks : Text::file_log, {{"day", format_date(world.day)}});
    request.english = world.language() == Language::en;
    return request;
}

struct Reducer {
    Model& model;
    const World& world;

    Effects ask() {
        Asking asking = asking_of(model.conditions);
        model.fault = std::move(asking.fault);
        if (model.fault) return {};
        return {start(of_locks(model.conditions) ? model.locks : model.list, std::move(asking.spec))};
    }
    Effects ask_and_say() {
        Effects effects = ask();
        if (!model.fault) effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    // Of both logs: some lift locks and move nobody.
    Effects ask_persons() {
        query::QuerySpec spec;
        spec.source = query::Source::batch;
        spec.group_by = {"person"};
        spec.measures = {{query::MeasureKind::count, ""}};
        query::QuerySpec lifted = spec;
        lifted.source = query::Source::lock;
        lifted.filters = {{"person", Op::has_data, {}, Tree::area}};
        ++model.persons_generation;
        model.persons.clear();
        return {FetchList{ListId::log_persons, model.persons_generation, std::move(spec), std::nullopt},
                FetchList{ListId::log_lock_persons, model.persons_generation, std::move(lifted), std::nullopt}};
    }

    Effects operator()(const Opened& event) {
        const Address& address = event.address;
        Conditions& c = model.conditions;
        c = Conditions{};
        c.code = address.get("code");
        c.from_unit = address.number("from");
        c.to_unit = address.number("to");
        c.tree = address.get("tree") == "channel" ? Tree::channel : Tree::area;
        c.person = address.number("person");
        const std::string_view kind = address.get("kind");
        c.kind = kind == "move" || kind == "undo" || kind == "lock" ? kind : std::string_view();
        c.since = address.get("since");
        c.until = address.get("until");
        c.batch = address.get("batch");
        adopt_shape(shown(), shape_in(address), world);
        model.picking = Picking::none;
        ++model.conditions_version;
        Effects effects = ask();
        for (Effect& effect : ask_persons()) effects.push_back(std::move(effect));
        return effects;
    }
    Effects operator()(const Asked& event) {
        model.conditions = event.conditions;
        return ask_and_say();
    }
    Effects operator()(const Reset&) {
        model.conditions = Conditions{};
        ++model.conditions_version;
        return ask_and_say();
    }
    Effects operator()(const PickPressed& event) {
        model.picking = event.which;
        const std::int64_t unit = event.which == Picking::from ? model.conditions.from_unit : model.conditions.to_unit;
        model.units.search.clear();
        select_unit(model.units, model.conditions.tree, unit, world);
        refresh(model.units, world);
        return {};
    }
    Effects operator()(const UnitTreeUsed& event) {
        client::reduce(model.units, event.event, world);
        return {};
    }
    Effects operator()(const UnitTaken& event) {
        if (model.picking == Picking::none) return {};
        Conditions& c = model.conditions;
        const std::int64_t unit = event.cleared ? 0 : model.units.selected;
        (model.picking == Picking::from ? c.from_unit : c.to_unit) = unit;
        if (!event.cleared) c.tree = model.units.tree;
        model.picking = Picking::none;
        return ask_and_say();
    }
    Effects operator()(const PickClosed&) {
        model.picking = Picking::none;
        return {};
    }
    Effects operator()(const BatchPressed& event) { return {Navigate{batches::address_of_batch(event.batch), false}}; }
    Effects operator()(const HistoryPressed& event) { return {OpenHistory{event.code}}; }
    PagedList& shown() { return of_locks(model.conditions) ? model.locks : model.list; }
    Effects operator()(const MoreWanted&) { return more(shown()); }
    Effects operator()(const Retried&) { return shown().more_error ? more_again(shown()) : ask(); }
    Effects operator()(const ListShaped& event) {
        Effects effects = reshape(shown(), event.shape, world);
        if (!effects.empty()) effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    Effects operator()(const ExportPressed&) {
        if (!world.may(Action::export_list)) return {};
        return {ExportList{export_request(model, world)}};
    }
    Effects operator()(const ListArrived& event) {
        if (event.list == ListId::log_persons || event.list == ListId::log_lock_persons) take_persons(event);
        else take(event.list == ListId::log_locks ? model.locks : model.list, event);
        return {};
    }
    void take_persons(const ListArrived& event) {
        if (event.generation != model.persons_generation || !event.page || !event.page->persons) return;
        for (const dto::PersonNameDto& person : *event.page->persons) {
            const auto same = [&](const PersonChoice& known) { return known.id == person.id; };
            if (std::none_of(model.persons.begin(), model.persons.end(), same)) model.persons.push_back({person.id, person.name});
        }
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    const Conditions& c = model.conditions;
    Address address{{"log"}, {}};
    address.with("code", c.code).with("from", c.from_unit).with("to", c.to_unit);
    if (c.from_unit != 0 || c.to_unit != 0) address.with("tree", c.tree == Tree::channel ? "channel" : "");
    address.with("person", c.person).with("kind", c.kind).with("since", c.since).with("until", c.until).with("batch", c.batch);
    return put_shape(address, of_locks(c) ? model.locks.shape : model.list.shape);
}

namespace {

// A lock has neither a batch nor a place it came from.
Asking asking_locks(const Conditions& conditions) {
    Asking asking;
    query::QuerySpec& spec = asking.spec;
    spec.source = query::Source::lock;
    spec.limit = kListPageRows;
    if (const std::string code = normalize_code(conditions.code); !code.empty()) spec.filters.push_back({"code", Op::prefix, {code}, Tree::area});
    if (conditions.to_unit != 0) spec.filters.push_back({"place", Op::under, {conditions.to_unit}, conditions.tree});
    if (conditions.person != 0) spec.filters.push_back({"person", Op::equal, {conditions.person}, Tree::area});
    Conditions days;
    days.since = conditions.since;
    days.until = conditions.until;
    asking.fault = add_values(spec.filters, days);
    spec.order = {{"id", true}};
    return asking;
}

}  // namespace

Asking asking_of(const Conditions& conditions) {
    if (of_locks(conditions)) return asking_locks(conditions);
    Asking asking;
    query::QuerySpec& spec = asking.spec;
    spec.source = query::Source::adjustment;
    spec.limit = kListPageRows;
    if (const std::string code = normalize_code(conditions.code); !code.empty()) spec.filters.push_back({"code", Op::prefix, {code}, Tree::area});
    if (conditions.from_unit != 0) spec.filters.push_back({"from", Op::under, {conditions.from_unit}, conditions.tree});
    if (conditions.to_unit != 0) spec.filters.push_back({"to", Op::under, {conditions.to_unit}, conditions.tree});
    if (conditions.person != 0) spec.filters.push_back({"person", Op::equal, {conditions.person}, Tree::area});
    if (!conditions.kind.empty()) spec.filters.push_back({"kind", Op::equal, {conditions.kind}, Tree::area});
    asking.fault = add_values(spec.filters, conditions);
    spec.order = {{"at", true}};
    return asking;
}

}  // namespace qudao::client::log
