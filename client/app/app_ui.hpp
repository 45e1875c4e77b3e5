// What the drawing of all views remembers from frame to frame: texts being typed, dialogs open, toasts.
#pragma once

#include "client/views/api_keys/api_keys_draw.hpp"
#include "client/views/audit/audit_draw.hpp"
#include "client/views/batch/batch_draw.hpp"
#include "client/views/batches/batches_draw.hpp"
#include "client/views/cabinets/cabinets_draw.hpp"
#include "client/views/customer/customer_draw.hpp"
#include "client/views/customers/customers_draw.hpp"
#include "client/views/feeds/feeds_draw.hpp"
#include "client/views/handovers/handovers_draw.hpp"
#include "client/views/history/history_draw.hpp"
#include "client/views/log/log_draw.hpp"
#include "client/views/login/login_draw.hpp"
#include "client/views/menus/menus_draw.hpp"
#include "client/views/organisation/organisation_draw.hpp"
#include "client/views/people/people_draw.hpp"
#include "client/views/policies/policies_draw.hpp"
#include "client/views/roles/roles_draw.hpp"
#include "client/views/round/round_draw.hpp"
#include "client/views/shell/shell_draw.hpp"
#include "client/views/workbench/workbench_draw.hpp"
#include "client/widgets/feedback.hpp"

namespace qudao::client {

struct AppUi {
    login::Ui login;
    shell::Ui shell;
    customers::Ui customers;
    workbench::Ui workbench;
    batches::Ui batches;
    batch::Ui batch;
    log::Ui log;
    handovers::Ui handovers;
    round::Ui round;
    feeds::Ui feeds;
    cabinets::Ui cabinets;
    customer::Ui customer;
    history::Ui history;
    people::Ui people;
    roles::Ui roles;
    organisation::Ui organisation;
    audit::Ui audit;
    api_keys::Ui api_keys;
    ui::Toasts toasts;
};

}  // namespace qudao::client
