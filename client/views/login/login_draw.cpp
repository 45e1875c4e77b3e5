#include "client/views/login/login_draw.hpp"

#include <algorithm>
#include <array>

#include "client/widgets/widgets.hpp"

namespace qudao::client::login {
namespace {

void draw_language(const World& world, CommandQueue<Event>& events) {
    const std::array<ui::TabItem, 2> languages{ui::TabItem{.label = world.words(Text::language_zh)}, ui::TabItem{.label = world.words(Text::language_en)}};
    const int chosen = ui::segmented("language", languages, static_cast<int>(world.language()));
    if (chosen >= 0) events.push(LanguagePressed{static_cast<Language>(chosen)});
}

void draw_form(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    if (model.session_ended && !model.error) ui::banner(ui::Tone::warn, words(Text::login_session_ended));
    if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
    if (model.session_ended || model.error) ui::gap(12);
    const bool focus = !ui.focused;
    ui.focused = true;
    bool submit = ui::input_text(words.id(Text::login_name), ui.login,
                                 {.width = -1, .icon = ui::Icon::user, .enabled = !model.asking, .focus_now = focus, .max_bytes = 64})
                      .submitted;
    ui::gap(10);
    submit |= ui::input_text(words.id(Text::login_password), ui.password,
                             {.width = -1, .icon = ui::Icon::lock, .enabled = !model.asking, .password = true, .max_bytes = 256})
                  .submitted;
    ui::gap(18);
    const bool complete = !ui.login.empty() && !ui.password.empty();
    const Text label = model.asking ? Text::login_asking : Text::login_submit;
    submit |= ui::primary_button(words.id(label, "login_submit"),
                                 {.width = -1, .enabled = complete && !model.asking, .why_disabled = words(Text::login_incomplete)});
    if (!submit || !complete) return;
    events.push(Submitted{ui.login, ui.password});
    ui.password.clear();
}

void draw_persona(const Model& model, std::size_t at, const World& world, CommandQueue<Event>& events) {
    const Persona& persona = model.personas.value[at];
    const std::string role = world.role_name({}, persona.role);
    const ui::Card card("persona" + std::to_string(at), {}, {.padding = 12});
    const std::string label = world.words(Text::login_as, {{"name", persona.name}});
    const float width = ui::button_width(label, ui::Icon::none, true);
    ui::Columns columns("persona", {1, width}, 8);
    columns.next();
    ui::strong(persona.name);
    ui::small(role);
    ui::small(persona.unit.empty() ? " " : persona.unit);
    columns.next();
    ui::gap(10);
    if (ui::button(with_id(label, persona.login), {.kind = at == 0 ? ui::ButtonKind::primary : ui::ButtonKind::secondary, .enabled = !model.asking, .small = true}))
        events.push(PersonaPressed{at});
}

void draw_personas(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    ui::wrapped_muted(words(Text::login_sandbox_intro));
    ui::gap(12);
    if (model.error) {
        ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
        ui::gap(12);
    }
    if (model.personas.failed()) {
        ui::banner(ui::Tone::bad, sentence_of(world.language(), model.personas.error));
        return;
    }
    if (!model.personas.ready()) {
        ui::loading(words(Text::login_sandbox_starting));
        return;
    }
    const std::size_t count = model.personas.value.size();
    for (std::size_t first = 0; first < count; first += 2) {
        ui::Columns columns("personas" + std::to_string(first), {1, 1}, 12);
        for (std::size_t at = first; at < std::min(first + 2, count); ++at) {
            columns.next();
            draw_persona(model, at, world, events);
        }
    }
}

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("login");
    const float form_height = world.sandbox ? 1000.0F : 400.0F;
    ui::gap(std::max((ui::height_left() - form_height) / 2, 8.0F));
    ui::Columns columns("login", {1, world.sandbox ? 680.0F : 400.0F, 1}, 0);
    columns.next();
    columns.next();
    if (world.sandbox) {  // the accounts are many: what stands behind them is out of sight
        draw_language(world, events);
        ui::gap(12);
    }
    {
        const ui::Card card("login_card", {}, {.padding = 28});
        ui::title(words(Text::product));
        ui::muted(words(Text::product_long));
        ui::gap(18);
        if (world.sandbox) draw_personas(model, world, events);
        else draw_form(model, ui, world, events);
    }
    if (!world.sandbox) {
        ui::gap(12);
        draw_language(world, events);
    }
    columns.next();
}

}  // namespace qudao::client::login
