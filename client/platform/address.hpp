// The page's address: query parameters that the page was opened with, and the part after '#', which is where
// the client keeps the screen it shows, so that back, forward, reload and a copied link work.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace qudao::platform {

[[nodiscard]] std::string page_origin();                        // "http://127.0.0.1:8080"
[[nodiscard]] bool has_query_parameter(std::string_view name);  // "?sandbox" has "sandbox"
[[nodiscard]] std::string query_parameter(std::string_view name);  // decoded; "" if absent

[[nodiscard]] std::string address();                            // "/customers?unit=12", without the '#'
enum class AddressChange { push, replace };                     // push: back returns to the one before
void set_address(std::string_view address, AddressChange change = AddressChange::push);
// Back, forward and an edited address; not our own set_address().
void on_address_changed(std::function<void(std::string_view)> on_changed);

void open_in_new_tab(std::string_view url);
void reload_page();
// While true the browser asks before the page is left (an edit that is not saved).
void ask_before_leaving(bool ask);

}  // namespace qudao::platform
