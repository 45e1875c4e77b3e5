#include "client/views/common/list_draw.hpp"

#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client {

void draw_unit_cell(ui::Table& table, const World& world, std::int64_t unit) {
    if (unit == 0) return table.cell("");
    table.custom([&] {
        ui::cut(world.unit_name(unit));
        ui::tooltip(world.unit_path(unit));
    });
}

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
    if (list.rows.size() == 0) {
        (void)ui::empty_state(ui::Icon::inbox, list_words.nothing, list_words.nothing_detail);
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
    ui::Table table(id, columns, all);
    while (table.next_row()) {
        const std::int64_t at = table.row();
        table.begin_row(row(at));
        cells(table, at);
    }
    const ui::TableEvents events = table.end();
    use.more = events.load_more;
    use.pressed_row = events.clicked_row;
    use.sort_field = events.sort_key;
    use.sort_descending = events.sort_descending;
    return use;
}

}  // namespace qudao::client
