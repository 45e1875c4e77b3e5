// The own password: as a dialog, or as the whole page when somebody else knows it.
#include "client/views/shell/shell_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::shell {
namespace {

// True when the new password is to be taken.
bool draw_fields(const Model& model, Ui& ui, const World& world) {
    const Words& words = world.words;
    ui::wrapped_muted(words(Text::password_rules));
    ui::gap(12);
    if (model.password_error) {
        ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.password_error));
        ui::gap(12);
    }
    const auto field = [&](Text label, std::string& value, std::string_view error = {}) {
        const bool submitted =
            ui::input_text(words.id(label), value, {.width = -1, .icon = ui::Icon::lock, .enabled = !model.password_saving, .password = true, .max_bytes = 256, .error = error}).submitted;
        ui::gap(10);
        return submitted;
    };
    bool submit = field(Text::password_current, ui.password_current);
    submit |= field(Text::password_new, ui.password_new);
    const bool differ = !ui.password_again.empty() && ui.password_again != ui.password_new;
    submit |= field(Text::password_again, ui.password_again, differ ? words(Text::password_differ) : std::string_view());
    return submit;
}

bool complete(const Model& model, const Ui& ui) {
    return !model.password_saving && !ui.password_current.empty() && !ui.password_new.empty() && ui.password_new == ui.password_again;
}

void send(Ui& ui, CommandQueue<Event>& events) {
    events.push(PasswordEntered{ui.password_current, ui.password_new});
    ui.password_current.clear();
    ui.password_new.clear();
    ui.password_again.clear();
}

}  // namespace

void draw_password_page(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("password");
    ui::gap(std::max((ui::height_left() - 480) / 2, 8.0F));
    ui::Columns columns("password", {1, 440.0F, 1}, 0);
    columns.next();
    columns.next();
    {
        const ui::Card card("password_card", {}, {.padding = 28});
        ui::title(words(Text::password_title));
        ui::wrapped_muted(words(Text::password_forced));
        ui::gap(8);
        bool submit = draw_fields(model, ui, world);
        ui::gap(6);
        submit |= ui::primary_button(words.id(model.password_saving ? Text::saving : Text::save, "password_save"), {.width = -1, .enabled = complete(model, ui)});
        if (submit && complete(model, ui)) send(ui, events);
        ui::gap(8);
        if (ui::quiet_button(words.id(Text::shell_log_out, "password_log_out"), {.icon = ui::Icon::logout})) events.push(LogOutPressed{});
    }
    columns.next();
}

void draw_password_dialog(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.password_open;
    if (ui::Dialog dialog(words.id(Text::password_title), open, {.width = 440}); dialog) {
        bool submit = draw_fields(model, ui, world);
        dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(Text::save)));
        if (ui::button(words.id(Text::cancel, "password_cancel"))) open = false;
        ui::beside();
        submit |= ui::primary_button(words.id(Text::save, "password_save"), {.enabled = complete(model, ui)});
        if (submit && complete(model, ui)) send(ui, events);
    }
    if (model.password_open && !open) events.push(PasswordDialogClosed{});
}

}  // namespace qudao::client::shell
