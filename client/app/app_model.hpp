// Everything the page shows, and the events of all views in one type.
#pragma once

#include <string>
#include <variant>

#include "client/api/api_client.hpp"
#include "client/views/api_keys/api_keys_model.hpp"
#include "client/views/audit/audit_model.hpp"
#include "client/views/batch/batch_model.hpp"
#include "client/views/batches/batches_model.hpp"
#include "client/views/cabinets/cabinets_model.hpp"
#include "client/views/customer/customer_model.hpp"
#include "client/views/customers/customers_model.hpp"
#include "client/views/feeds/feeds_model.hpp"
#include "client/views/handovers/handovers_model.hpp"
#include "client/views/history/history_model.hpp"
#include "client/views/log/log_model.hpp"
#include "client/views/login/login_model.hpp"
#include "client/views/menus/menus_model.hpp"
#include "client/views/organisation/organisation_model.hpp"
#include "client/views/people/people_model.hpp"
#include "client/views/policies/policies_model.hpp"
#include "client/views/roles/roles_model.hpp"
#include "client/views/round/round_model.hpp"
#include "client/views/shell/shell_model.hpp"
#include "client/views/workbench/workbench_model.hpp"

namespace qudao::client {

enum class Stage : std::uint8_t {
    starting,   // asks whether somebody is logged in
    login,
    password,   // logged in, and must first change the password
    inside,
};

struct AppModel {
    World world;
    Stage stage = Stage::starting;
    LineState line;                           // how it stands with the network
    bool newer_page = false;                  // the server has another version of the page
    bool organisation_failed = false;         // it was said; units stay without names until the page is reloaded
    shell::Screen screen = shell::Screen::customers;
    std::string address;                      // of the screen, or the one to go to after log-in
    bool customers_visited = false;
    login::Model login;
    shell::Model shell;
    customers::Model customers;
    workbench::Model workbench;
    batches::Model batches;
    batch::Model batch;
    log::Model log;
    handovers::Model handovers;
    round::Model round;
    feeds::Model feeds;
    cabinets::Model cabinets;
    customer::Model customer;
    history::Model history;
    people::Model people;
    roles::Model roles;
    organisation::Model organisation;
    menus::Model menus;
    policies::Model policies;
    audit::Model audit;
    api_keys::Model api_keys;
};

using AppEvent = std::variant<login::Event, shell::Event, customers::Event, workbench::Event, batches::Event, batch::Event, log::Event,
                              handovers::Event, round::Event, feeds::Event, cabinets::Event, customer::Event, people::Event, roles::Event,
                              organisation::Event, menus::Event, audit::Event, api_keys::Event, policies::Event, history::Event>;

// Hands the event to its view.
Effects reduce(AppModel& model, const AppEvent& event);

// Shows the screen an address names. One that is shown already is left alone.
Effects open_address(AppModel& model, std::string_view address);
// The screen of that first segment: as it was left, or anew when it is on screen. The address to show.
std::string address_to_open(const AppModel& model, std::string_view path);
// What is on screen, for tabs, bookmarks and the browser's history: "南宁市电信分公司 · 客户查询". Empty before log-in.
std::string name_of_screen(const AppModel& model);
// The address is what the screen shows: its view has just said so itself.
bool shows(const AppModel& model, std::string_view address);
// Which lists belong to which view.
Effects list_arrived(AppModel& model, const ListArrived& arrived);
Effects api_replied(AppModel& model, Asker asker, ApiReplied replied);
// Somebody else logs in: nothing of the one before remains, the address to go to excepted.
void forget_person(AppModel& model);
// Asks again for whatever is missing because of such an error: the network was away, the session had ended.
Effects ask_again(AppModel& model, Passing passing);
// What the person had typed and not saved is there: the forms on screen begin with it.
Effects forms_came(AppModel& model);
// An answer is awaited that will change the screen.
bool at_work(AppModel& model);

}  // namespace qudao::client
