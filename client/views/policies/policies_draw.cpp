#include "client/views/policies/policies_draw.hpp"

#include <algorithm>
#include <array>

#include "client/views/common/format.hpp"
#include "client/views/common/forms_draw.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::policies {
namespace {

constexpr std::int32_t kFirstOpenDay = 2;  // as check_window_policy
constexpr std::int32_t kLastOpenDay = 28;

struct Drawer {
    const Model& model;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    bool pick_day(Text label, std::string_view stable, std::int32_t& day, std::int32_t first, std::int32_t last) {
        std::vector<std::string> days;
        for (std::int32_t one = first; one <= last; ++one) days.push_back(words(Text::policies_day, {{"day", std::to_string(one)}}));
        int current = day - first;
        const bool picked = ui::combo(words.id(label, stable), current, static_cast<int>(days.size()),
                                      [&](int i) { return std::string_view(days[static_cast<std::size_t>(i)]); }, {.width = 180, .enabled = !model.saving});
        if (picked) day = first + current;
        return picked;
    }

    void window() {
        const ui::Card card("window", words(Text::policies_window), {.padding = 16});
        std::int32_t open_day = model.draft.open_day, close_day = model.draft.close_day;
        bool picked = pick_day(Text::policies_open_day, "open_day", open_day, kFirstOpenDay, kLastOpenDay);
        picked = pick_day(Text::policies_close_day, "close_day", close_day, 1, model.draft.open_day - 1) || picked;
        if (picked) events.push(WindowPicked{open_day, close_day});
        ui::wrapped_muted(words(Text::policies_window_detail));
    }

    void partition() {
        const ui::Card card("partition", words(Text::policies_precedence), {.padding = 16});
        int current = static_cast<int>(precedence_of(model.draft.precedence).value_or(Precedence::cabinet_first));
        for (const Precedence one : {Precedence::cabinet_first, Precedence::range_first, Precedence::both_match})
            if (ui::radio(with_id(precedence_label(world.language(), code_of(one)), code_of(one)), current, static_cast<int>(one), !model.saving))
                events.push(PrecedencePicked{one});
        ui::gap(8);
        const std::vector<std::int64_t> pools = public_pools(world);
        std::vector<std::string> names{std::string(words(Text::policies_first_pool))};
        int chosen = 0;
        for (const std::int64_t pool : pools) {
            if (pool == model.draft.fallback_pool) chosen = static_cast<int>(names.size());
            names.push_back(world.unit_path(pool));
        }
        if (ui::combo(words.id(Text::policies_fallback, "fallback_pool"), chosen, static_cast<int>(names.size()),
                      [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); }, {.width = -1, .enabled = !model.saving, .filter = names.size() > 10}))
            events.push(FallbackPicked{chosen <= 0 ? 0 : pools[static_cast<std::size_t>(chosen) - 1]});
    }

    void buttons() {
        const bool ready = changed(model) && !model.saving;
        const bool save = may_save(model);
        if (save) {
            if (ui::primary_button(words.id(Text::save, "policies_save"))) events.push(SavePressed{});
        } else if (ui::primary_button(words.id(model.saving ? Text::saving : Text::policies_preview, "policies_preview"), {.enabled = ready && !model.effect.loading()})) {
            events.push(PreviewPressed{});
        }
        ui::beside();
        if (ui::button(words.id(Text::discard, "policies_discard"), {.enabled = ready})) events.push(UndoPressed{});
    }

    std::string window_words(const dto::WindowDto& window) const {
        if (window.open) return words(Text::policies_window_open, {{"opened", window.opened_on}, {"closes", window.closes_on}});
        return words(Text::policies_window_closed, {{"opening", window.next_opening}});
    }

    void effect() {
        const ui::Card card("effect", words(Text::policies_effect), {.height = -1, .least = 280, .padding = 16});
        if (model.effect.loading()) return ui::loading(words(Text::list_loading));
        if (model.effect.failed()) {
            ui::banner(ui::Tone::bad, sentence_of(world.language(), model.effect.error));
            return;
        }
        if (!model.effect.ready()) return ui::wrapped_muted(words(Text::policies_effect_none));
        const dto::PolicyEffectDto& effect = model.effect.value;
        if (effect.would_lock > 0) ui::banner(ui::Tone::bad, words(Text::policies_would_lock, {{"count", format_count(effect.would_lock)}}));
        ui::wrapped(words(Text::policies_now, {{"state", window_words(effect.window_now)}}));
        ui::wrapped(words(Text::policies_then, {{"state", window_words(effect.window_then)}}));
        ui::gap(8);
        ui::wrapped(words(Text::policies_decided, {{"since", effect.since}, {"count", format_count(effect.decided)}, {"otherwise", format_count(effect.otherwise)}}));
        ui::wrapped_muted(words(Text::policies_nobody_moves));
        if (effect.pairs.empty()) return;
        ui::gap(8);
        const std::array<ui::Column, 3> columns{ui::Column{.key = "from", .title = words(Text::policies_goes_now)},
                                                ui::Column{.key = "to", .title = words(Text::policies_would_go)},
                                                ui::Column{.key = "customers", .title = words(Text::round_customers), .width = 80, .align = ui::Align::right}};
        ui::Table table("pairs", columns, {.row_count = static_cast<std::int64_t>(effect.pairs.size()), .clickable = false, .label = words(Text::policies_effect)});
        while (table.next_row()) {
            const dto::PlacedOtherwiseDto& pair = effect.pairs[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = table.row(), .label = world.unit_code(pair.from) + " " + world.unit_code(pair.to)});
            draw_unit_cell(table, world, pair.from);
            draw_unit_cell(table, world, pair.to);
            table.number(format_count(pair.customers));
        }
        (void)table.end();
    }
};

}  // namespace

void draw(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("policies");
    { const ui::PageHeader header(words(Text::menu_policies), words(Text::policies_intro)); }
    if (model.policies.failed()) {
        if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.policies.error), words.id(Text::retry))) events.push(Retried{});
        return;
    }
    if (model.draft.open_day == 0) return ui::loading(words(Text::list_loading));
    Drawer drawer{model, world, events};
    ui::Columns columns("policies", {4, 5}, 12);
    columns.next();
    if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
    if (draw_restored(model.restored_unix_ms, world)) events.push(UndoPressed{});
    drawer.window();
    ui::gap(10);
    drawer.partition();
    ui::gap(12);
    drawer.buttons();
    columns.next();
    drawer.effect();
}

}  // namespace qudao::client::policies
