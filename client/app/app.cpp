#include "client/app/app.hpp"

#include "client/platform/address.hpp"
#include "client/platform/clipboard.hpp"
#include "client/platform/files.hpp"
#include "client/platform/paper.hpp"
#include "client/platform/storage.hpp"
#include "client/platform/timer.hpp"
#include "client/views/common/format.hpp"
#include "client/widgets/table_desk.hpp"
#include "client/widgets/theme.hpp"
#include "client/engine/worker_link.hpp"

namespace qudao::client {
namespace {

constexpr std::string_view kLanguageKey = "language";

Language first_language() {
    const std::string stored = platform::stored(kLanguageKey);
    return language_of(stored.empty() ? platform::browser_language() : stored);
}

}  // namespace

App::App() {
    model_.world.words = Words(first_language());
    model_.world.sandbox = platform::has_query_parameter("sandbox");
    model_.address = platform::address();
    transport_ = make_transport();
    api_ = std::make_unique<ApiClient>(*transport_, completions(), [](std::int64_t delay_ms, std::function<void()> action) {
        platform::call_after(delay_ms, std::move(action));
    });
    feed_api_ = std::make_unique<FeedClient>(*api_, [](std::int64_t delay_ms, std::function<void()> action) { platform::call_after(delay_ms, std::move(action)); });
    api_->set_on_session_ended([this] { session_ended(); });
    api_->set_on_line([this](LineState line) { line_changed(line); });
    workbench_ = std::make_unique<engine::WorkbenchClient>(engine::worker_links(), *api_, completions(),
                                                           [this](engine::Event event) { engine_said(std::move(event)); });
    platform::on_address_changed([this](std::string_view address) {
        completions().push([this, to = std::string(address)] {
            if (model_.stage == Stage::inside) perform(open_address(model_, to));
            else model_.address = to;
        });
    });
    platform::on_files_dropped([this](std::vector<platform::File> files) {
        completions().push([this, files = std::move(files)] { open_dropped(workbench::FilesDropped{files}); });
    });
    platform::on_paste_cells([this](std::string_view cells) {
        if (model_.stage != Stage::inside || !model_.world.may(Action::move_customer)) return false;
        completions().push([this, text = std::string(cells)] { open_dropped(workbench::CellsPasted{text}); });
        return true;
    });
    platform::on_copy_request([this] { return copied_rows(); });
    platform::on_print_request([] {
        ui::wish_for_table(ui::TableUse::print, false);
        platform::draw_now();   // the table answers ...
        platform::draw_now();   // ... and the page is laid out before the browser goes on
    });
    start();
    check_version_later();
}

// Ctrl+C while no text is edited: the rows selected in the table last used.
std::string App::copied_rows() {
    if (!ui::table_has_selection()) return {};
    table_asked_ = true;
    ui::wish_for_table(ui::TableUse::copy, true);
    platform::draw_now();
    table_asked_ = false;
    const auto taken = ui::take_table();
    if (!taken) return {};
    const std::string count = format_count(static_cast<std::int64_t>(taken->text.rows.size()));
    ui_.toasts.push(ui::Tone::good, model_.world.words(Text::table_copied, {{"count", count}}));
    return ui::to_tsv(taken->text);
}

void App::opened() {
    model_.shell.look = ui::look_in(platform::stored("look"));
    ui::apply_look(model_.shell.look);
    platform::on_prefers_dark_changed([this] { completions().push([] { ui::apply_look(ui::current_look()); }); });
}

void App::handle_event(std::function<void()> completion) {
    completion();
    settle_state();
}

void App::handle_command(AppEvent event) {
    apply(event);
    settle_state();
}

void App::settle_state() {
    if ((at_work(model_) || api_->awaiting()) != busy_.has_value()) {
        if (busy_) busy_.reset();
        else busy_.emplace();
    }
    tell_age();
    const Words& words = model_.world.words;
    const std::string screen = name_of_screen(model_);
    const std::string title = (screen.empty() ? screen : screen + " · ") + (model_.world.sandbox ? std::string(words(Text::strip_sandbox)) + " · " : std::string()) + std::string(words(Text::product));
    if (title == title_) return;
    title_ = title;
    platform::set_page_title(title);
    platform::set_page_language(tag_of(model_.world.language()));
}

}  // namespace qudao::client
