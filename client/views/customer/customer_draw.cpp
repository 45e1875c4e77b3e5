#include "client/views/customer/customer_draw.hpp"

#include <array>

#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::customer {
namespace {

constexpr float kLabelWidth = 150;  // “2026年10月收入（元）”

struct Drawer {
    const dto::CustomerPageDto& page;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void facts() {
        const ui::Card card("facts", words(Text::customer_facts), {.padding = 14});
        const auto field = [&](Text name, std::string_view value) { ui::field(words(name), value.empty() ? words(Text::none) : value, kLabelWidth); };
        ui::Columns columns("facts", {1, 1}, 24);
        columns.next();
        field(Text::column_customer_code, page.code);
        field(Text::column_contract, page.contract);
        field(Text::column_address, page.address);
        field(Text::column_installed, page.installed_on);
        columns.next();
        field(Text::column_unit, world.unit_path(page.place));
        field(Text::column_channel, world.channel_of(page.place));
        field(Text::column_statistical, world.channel_name(page.statistical));
        ui::field(words(Text::column_revenue_of, {{"period", period_words(words, page.revenue_period)}}), yuan_or_no_data(words, page.revenue_fen), kLabelWidth);
        field(Text::column_locked_until, page.locked_until);
    }

    void why() {
        const ui::Card card("why", words(Text::customer_why), {.padding = 14});
        if (page.traces.empty()) return ui::wrapped_muted(words(Text::why_none));
        const std::string since = moved_since(page, world);
        if (!since.empty()) {
            if (ui::banner(ui::Tone::accent, since, words.id(Text::customer_log, "why_log")).action) events.push(LogPressed{});
            ui::gap(6);
        }
        for (std::size_t i = 0; i < page.traces.size(); ++i) {
            const Why why = why_of(page.traces[i], world);
            if (i != 0) ui::rule();
            ui::small(why.headline);
            ui::wrapped(why.decision);
            for (const std::string& detail : why.details) ui::wrapped_muted(detail);
            ui::gap(6);
        }
    }

    void subscribers() {
        const ui::Card card("subscribers", words(Text::customer_subscribers), {.padding = 14});
        if (page.subscribers.empty()) return ui::wrapped_muted(words(Text::customer_no_subscribers));
        const std::array<ui::Column, 5> columns{ui::Column{.key = "number", .title = words(Text::column_number), .width = 110},
                                                ui::Column{.key = "status", .title = words(Text::column_status), .width = 90},
                                                ui::Column{.key = "contract", .title = words(Text::column_contract), .width = 110},
                                                ui::Column{.key = "cabinet", .title = words(Text::column_cabinet), .width = 110},
                                                ui::Column{.key = "address", .title = words(Text::column_address)}};
        ui::Table table("subscribers", columns, {.row_count = static_cast<std::int64_t>(page.subscribers.size()), .height = page.subscribers.size() > 8 ? 300.0f : -1.0f,
                                                 .clickable = false, .label = words(Text::customer_subscribers)});
        while (table.next_row()) {
            const dto::SubscriberDto& one = page.subscribers[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = table.row(), .label = one.access_number});
            table.cell(one.access_number);
            table.custom(subscriber_status_label(world.language(), one.status), [&] { ui::badge(subscriber_status_label(world.language(), one.status), one.status == "in_use" ? ui::Tone::good : ui::Tone::warn); });
            table.cell(one.contract);
            table.cell_muted(one.cabinet);
            table.cell(one.address);
        }
        (void)table.end();
        if (page.more_subscribers) ui::small(words(Text::customer_more_subscribers, {{"count", format_count(static_cast<std::int64_t>(page.subscribers.size()))}}));
    }

    void orders() {
        const ui::Card card("orders", words(Text::customer_orders), {.padding = 14});
        if (page.orders.empty()) return ui::wrapped_muted(words(Text::customer_no_orders));
        const std::array<ui::Column, 5> columns{ui::Column{.key = "order", .title = words(Text::column_order), .width = 120},
                                                ui::Column{.key = "number", .title = words(Text::column_number), .width = 110},
                                                ui::Column{.key = "service", .title = words(Text::column_service), .width = 90},
                                                ui::Column{.key = "stage", .title = words(Text::column_stage)},
                                                ui::Column{.key = "accepted", .title = words(Text::column_accepted), .width = 92}};
        ui::Table table("orders", columns, {.row_count = static_cast<std::int64_t>(page.orders.size()), .height = -1, .clickable = false, .label = words(Text::customer_orders)});
        while (table.next_row()) {
            const dto::OrderInProgressDto& one = page.orders[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = table.row(), .label = one.order_no});
            table.cell(one.order_no);
            table.cell(one.access_number);
            table.cell(one.service);
            table.cell(one.stage);
            table.cell_muted(one.accepted_on);
        }
        (void)table.end();
    }

    void arrears() {
        const ui::Card card("arrears", words(Text::customer_arrears), {.padding = 14});
        if (page.arrears.empty()) return ui::wrapped_muted(words(Text::customer_no_arrears));
        const std::array<ui::Column, 4> columns{ui::Column{.key = "number", .title = words(Text::column_number), .width = 110},
                                                ui::Column{.key = "owed", .title = words(Text::column_owed), .width = 90, .align = ui::Align::right},
                                                ui::Column{.key = "since", .title = words(Text::column_since), .width = 100},
                                                ui::Column{.key = "source", .title = words(Text::column_source)}};
        ui::Table table("arrears", columns, {.row_count = static_cast<std::int64_t>(page.arrears.size()), .height = -1, .clickable = false, .label = words(Text::customer_arrears)});
        while (table.next_row()) {
            const dto::ArrearDto& one = page.arrears[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = table.row(), .label = one.access_number});
            table.cell(one.access_number);
            table.number(format_yuan(one.amount_fen));
            table.cell(period_words(words, one.since));
            if (one.other_amount_fen) table.cell_toned(ui::Tone::warn, words(Text::customer_arrears_conflict, {{"amount", format_yuan(*one.other_amount_fen)}}));
            else table.cell_muted(feed_source_label(world.language(), one.source));
        }
        (void)table.end();
    }
};

}  // namespace

void draw(const Model& model, Ui&, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("customer");
    {
        const std::string title = model.page.ready() ? model.page.value.name : std::string(words(Text::customer_title));
        const ui::PageHeader header(title, model.code, ui::button_width(words(Text::customer_back), ui::Icon::arrow_left) + 8 + ui::button_width(words(Text::customer_log), ui::Icon::log) + 8 +
                                                          ui::button_width(words(Text::customer_history), ui::Icon::calendar));
        if (ui::button(words.id(Text::customer_back), {.icon = ui::Icon::arrow_left})) events.push(BackPressed{});
        ui::beside();
        if (ui::button(words.id(Text::customer_log, "customer_page_log"), {.icon = ui::Icon::log})) events.push(LogPressed{});
        ui::beside();
        if (ui::button(words.id(Text::customer_history), {.icon = ui::Icon::calendar, .hint = words(Text::customer_history_hint)})) events.push(HistoryPressed{});
    }
    if (model.page.failed()) {
        if (ui::banner(ui::Tone::bad, sentence_of(world.language(), model.page.error), words.id(Text::feeds_refresh, "retry")).action) events.push(Retried{});
        return;
    }
    if (!model.page.ready()) return ui::loading(words(Text::list_loading));
    Drawer drawer{model.page.value, world, events};
    drawer.facts();
    ui::gap(12);
    drawer.why();
    ui::gap(12);
    drawer.subscribers();
    ui::gap(12);
    ui::Columns columns("more", {1, 1}, 12);
    columns.next();
    drawer.orders();
    columns.next();
    drawer.arrears();
}

}  // namespace qudao::client::customer
