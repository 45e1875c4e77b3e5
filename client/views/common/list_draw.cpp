#include "client/views/common/list_draw.hpp"

#include <vector>

#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client {

void draw_unit_cell(ui::Table& table, const World& world, std::int64_t unit) {
    if (unit == 0) return table.cell("");
    const std::string name = world.unit_name(unit);
    table.custom(name, [&] {
        ui::cut(name);
        ui::tooltip(world.unit_path(unit));
    });
}

void draw_unit_cell(ui::Table& table, const World& world, const UnitNames& names, std::int64_t unit) {
    const UnitNames::Name told = names.of(unit);
    if (told.above.empty()) return draw_unit_cell(table, world, unit);
    table.custom(told.whole(), [&] {
        ui::cut_after(told.above + " / ", told.name);
        ui::tooltip(world.unit_path(unit));
    });
}

ui::TableWords table_words(const Words& words) {
    return {.menu = words(Text::table_menu), .columns = words(Text::table_columns), .restore = words(Text::table_restore), .copy = words(Text::table_copy),
            .save = words(Text::table_save), .print = words(Text::table_print), .sort_up = words(Text::table_sort_up), .sort_down = words(Text::table_sort_down),
            .sort_too = words(Text::table_sort_too), .hide = words(Text::table_hide), .filter = words(Text::table_filter), .apply = words(Text::table_apply),
            .clear = words(Text::table_clear), .to_left = words(Text::table_to_left), .to_right = words(Text::table_to_right), .selected = words(Text::table_selected),
            .all = words(Text::table_all)};
}

ui::ChartWords chart_words(const Words& words) {
    ui::ChartWords said = picture_words(words);
    said.table = words(Text::totals_table);
    return said;
}

ui::ChartWords picture_words(const Words& words) {
    return {.chart = words(Text::totals_chart), .save = words(Text::chart_save), .no_data = words(Text::no_data), .total = words(Text::chart_total)};
}

namespace {

// What of a list's headers can be used follows from the catalogue.
struct Headers {
    std::vector<ui::Column> columns;
    std::vector<ui::TableSort> sorts;
    std::vector<ui::TableFilter> filters;
    std::string fault;
};

Headers headers_of(const PagedList& list, std::span<const ui::Column> columns, const World& world) {
    Headers headers;
    const query::Source source = list.base.source;
    for (ui::Column column : columns) {
        const query::Field* field = query::find_field(source, column.key);
        column.sortable = column.sortable || (field != nullptr && field->sortable);
        if (can_filter(source, column.key)) column.filter_hint = world.words(filter_hint(source, column.key));
        headers.columns.push_back(column);
    }
    for (const query::Order& order : list.spec.order) headers.sorts.push_back({order.field, order.descending});
    if (list.shape_fault) headers.fault = sentence_of(world.language(), list.shape_fault->error);
    return headers;
}

// The key of the column that shows a filtered field.
std::string_view shown_by(std::string_view field, std::span<const ui::Column> columns) {
    for (const ui::Column& column : columns)
        if (filtered_field(column.key) == field) return column.key;
    return field;
}

std::optional<ListShape> shape_wanted(const PagedList& list, const ui::TableEvents& events) {
    ListShape shape = list.shape;
    if (!events.filter_key.empty()) {
        shape.filters = filtered_by(std::move(shape.filters), filtered_field(events.filter_key), events.filter_text);
        return shape;
    }
    if (events.sort_key.empty()) return std::nullopt;
    shape.sorts = sorted_by(events.sort_too ? list.spec.order : std::move(shape.sorts), events.sort_key, events.sort_descending, events.sort_too);
    return shape;
}

}  // namespace

ListUse draw_list(const PagedList& list, std::uint32_t& shown, std::string_view id, std::span<const ui::Column> columns,
                  const ui::TableOptions& options, const ListWords& list_words, const World& world,
                  const std::function<ui::TableRow(std::int64_t)>& row, const std::function<void(ui::Table&, std::int64_t)>& cells) {
    const Words& words = world.words;
    ListUse use;
    if (list.state == RemoteState::idle || (list.state == RemoteState::loading && list.rows.size() == 0)) {
        ui::loading(words(Text::list_loading));
        return use;
    }
    if (list.state == RemoteState::failed) {
        use.retry = ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), list.error), words.id(Text::retry));
        return use;
    }
    if (list.shape_fault && ui::banner(ui::Tone::warn, sentence_of(world.language(), list.shape_fault->error), words.id(Text::list_clear_filters)).action) use.shape = ListShape{list.shape.sorts, {}};
    if (list.rows.size() == 0) {
        // A filter in a header that nothing meets must not take the header away with the way to lift it.
        const bool filtered = !list.shape.filters.empty();
        if (ui::empty_state(ui::Icon::inbox, list_words.nothing, list_words.nothing_detail, filtered ? words.id(Text::list_clear_filters) : std::string())) use.shape = ListShape{list.shape.sorts, {}};
        return use;
    }
    if (list.more_error && ui::banner(ui::Tone::bad, sentence_of(world.language(), *list.more_error), words(Text::retry)).action) use.retry = true;
    if (list.full()) ui::banner(ui::Tone::warn, words(Text::list_full, {{"count", format_count(list.rows.size())}}));
    ui::TableOptions all = options;
    all.row_count = list.rows.size();
    all.has_more = list.has_more();
    all.loading_more = list.more_loading;
    all.more_words = words(Text::list_more);
    all.label = list_words.label;
    all.scroll_to_top = shown != list.shown;
    shown = list.shown;
    Headers headers = headers_of(list, columns, world);
    for (const ColumnFilter& filter : list.shape.filters) {
        const bool wrong = list.shape_fault && list.shape_fault->field == filter.field;
        headers.filters.push_back({shown_by(filter.field, headers.columns), filter.text, wrong ? std::string_view(headers.fault) : std::string_view()});
    }
    all.sorts = headers.sorts;
    all.filters = headers.filters;
    ui::Table table(id, headers.columns, all);
    while (table.next_row()) {
        const std::int64_t at = table.row();
        table.begin_row(row(at));
        cells(table, at);
    }
    const ui::TableEvents events = table.end();
    use.more = events.load_more;
    use.pressed_row = events.clicked_row;
    use.checked_row = events.checked_key;
    use.all_checked = events.check_all;
    // A screen with an order of its own takes a plain press itself.
    const bool own = !options.sort.key.empty() && !events.sort_too;
    if (own) {
        use.sort_field = events.sort_key;
        use.sort_descending = events.sort_descending;
    }
    if (!use.shape && (!own || !events.filter_key.empty())) use.shape = shape_wanted(list, events);
    return use;
}

}  // namespace qudao::client
