// What leaves the screen as something to look at: a printed page, a picture of a chart.
#pragma once

#include <functional>
#include <string_view>

namespace qudao::platform {

// A document made of text alone, printed by the browser with its own dialog: {"title", "lines": [...], "columns":
// [{"title", "number"}], "rows": [[...]], "totals": [...], "note"}. During on_print_request it is only laid out.
void print_page(std::string_view json);
// The person chose the browser's own Print: a page is wanted at once.
void on_print_request(std::function<void()> on_print);

// Saves what is drawn there (CSS pixels) as a PNG, when the next frame has been drawn.
void save_picture(std::string_view name, float left, float top, float right, float bottom);

}  // namespace qudao::platform
