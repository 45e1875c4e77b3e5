#include <array>
#include <span>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/views/round/round_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::round {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;
    const bool decides = may(model.round.value, "decide");

    std::span<const Claim> claims_of(std::int64_t customer) const {
        const auto found = model.claims.value.find(customer);
        return found == model.claims.value.end() ? std::span<const Claim>() : std::span<const Claim>(found->second);
    }
    std::string name_of(std::int64_t department) const { return department == 0 ? std::string(words(Text::round_nobody)) : world.channel_name(department); }

    // A button for each department, and one for nobody; the one chosen stands out.
    void row_buttons(std::int64_t customer, std::optional<std::int64_t> decided) {
        std::vector<std::int64_t> choices;
        for (const Claim& claim : claims_of(customer)) choices.push_back(claim.department);
        choices.push_back(0);
        for (const std::int64_t department : choices) {
            if (department != choices.front()) ui::beside(4);
            const ui::ButtonOptions options{.kind = decided == department ? ui::ButtonKind::primary : ui::ButtonKind::secondary, .enabled = !model.acting && decides, .small = true};
            if (ui::button(with_id(name_of(department), "decide" + std::to_string(department)), options)) events.push(Decided{customer, department});
        }
    }

    // What the departments wrote beside it.
    std::string notes_of(std::int64_t customer) const {
        std::string notes;
        for (const Claim& claim : claims_of(customer))
            if (!claim.note.empty()) notes += (notes.empty() ? "" : " · ") + world.channel_name(claim.department) + ": " + claim.note;
        return notes;
    }

    // Of those chosen; of none chosen: of all that are not decided yet.
    void many() {
        const bool of_chosen = !model.chosen.empty();
        ui::align_to_controls();
        ui::muted(of_chosen ? words(Text::round_decide_chosen, {{"count", format_count(static_cast<std::int64_t>(model.chosen.size()))}}) : std::string(words(Text::round_decide_all)));
        const auto button = [&](std::int64_t department, Event event) {
            ui::beside(6);
            if (ui::button(with_id(name_of(department), "many" + std::to_string(department)), {.enabled = !model.acting && !model.claims.loading(), .small = true})) events.push(std::move(event));
        };
        for (const dto::RoundDepartmentDto& one : model.round.value.departments)
            button(one.department, of_chosen ? Event(ChosenDecided{one.department}) : Event(AllDecidedPressed{one.department}));
        if (of_chosen) button(0, ChosenDecided{0});
        ui::gap(8);
    }

    void list() {
        const std::array<ui::Column, 6> shown{{{.key = "code", .title = words(Text::column_customer_code), .width = 116},
                                               {.key = "name", .title = words(Text::column_customer_name)},
                                               {.key = "place", .title = words(Text::column_unit)},
                                               {.key = "revenue", .title = words(Text::column_revenue), .width = 96, .align = ui::Align::right},
                                               {.key = "notes", .title = words(Text::column_note)},
                                               {.key = "decided", .title = words(Text::round_decided), .width = 300}}};
        const ListRows& rows = model.conflicts.rows;
        const int all = model.chosen.empty() ? 0 : static_cast<std::int64_t>(model.chosen.size()) == rows.size() ? 1 : 2;
        const ListUse use = draw_list(
            model.conflicts, ui.conflicts_shown, "conflicts", shown, {.selectable = decides, .all_selected = all, .clickable = false},
            {words(Text::round_no_conflicts), words(Text::round_no_conflicts_detail), words(Text::round_tab_conflicts)}, world,
            [&](std::int64_t row) {
                return ui::TableRow{.key = row, .label = rows.text(row, "code"), .checked = model.chosen.count(rows.number(row, "customer").value_or(0)) != 0};
            },
            [&](ui::Table& table, std::int64_t row) {
                const std::int64_t customer = rows.number(row, "customer").value_or(0);
                table.cell(rows.text(row, "code"));
                table.cell(rows.text(row, "name"));
                draw_unit_cell(table, world, rows.number(row, "place").value_or(0));
                table.number(yuan_or_no_data(words, rows.number(row, "revenue")));
                table.cell_muted(notes_of(customer));
                table.custom([&] { row_buttons(customer, decided_of(model, row)); });
            });
        if (use.retry) events.push(Retried{});
        if (use.more) events.push(MoreWanted{});
        if (use.shape) events.push(ListShaped{*use.shape});
        if (use.all_checked) events.push(AllConflictsChosen{});
        if (use.checked_row >= 0) events.push(ConflictChosen{rows.number(use.checked_row, "customer").value_or(0)});
    }
};

}  // namespace

void draw_conflicts(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const ui::Card card("conflicts", {}, {.height = -1, .padding = 14});
    Drawer drawer{model, ui, world, events};
    if (model.claims.failed()) {
        const Words& words = world.words;
        if (ui::banner(ui::Tone::bad, sentence_of(world.language(), model.claims.error), words.id(Text::retry, "claims_retry")).action) events.push(Retried{});
        ui::gap(8);
    }
    if (drawer.decides && model.conflicts.rows.size() > 0) drawer.many();
    drawer.list();
}

}  // namespace qudao::client::round
