#include "client/views/history/history_model.hpp"
#include "shared/base/text.hpp"

namespace qudao::client::history {
namespace {

struct Reducer {
    Model& model;

    // A day that is none is said at its field, and nothing is asked.
    Effects ask() {
        model.fault.reset();
        Date on = kNoDate;
        if (!model.day.empty()) {
            const auto day = parse_date(model.day);
            if (!day) {
                model.fault = day.error();
                return {};
            }
            on = *day;
        }
        model.found.start();
        return {FetchHistory{model.code, on}};
    }
    Effects operator()(const Opened& event) {
        model = Model{};
        model.code = event.code;
        return ask();
    }
    Effects operator()(const DayAsked& event) {
        model.day = normalize_code(event.day);
        return ask();
    }
    Effects operator()(const Closed&) {
        model.code.clear();
        return {};
    }
    Effects operator()(const Retried&) { return model.code.empty() ? Effects{} : ask(); }
    Effects operator()(const Came& event) {
        if (event.code == model.code) model.found.finish(event.history);
        return {};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World&) { return std::visit(Reducer{model}, event); }

}  // namespace qudao::client::history
