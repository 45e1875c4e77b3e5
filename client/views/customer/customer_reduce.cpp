#include "client/views/customer/customer_model.hpp"

namespace qudao::client::customer {
namespace {

struct Reducer {
    Model& model;

    Effects fetch() {
        model.page.start();
        return {FetchCustomer{model.code}};
    }
    Effects operator()(const Opened& event) {
        const std::string code(event.address.segment(1));
        if (code != model.code) model.page = {};
        model.code = code;
        return fetch();
    }
    Effects operator()(const PageCame& event) {
        if (event.code == model.code) model.page.finish(event.page);
        return {};
    }
    Effects operator()(const Retried&) { return fetch(); }
    Effects operator()(const LogPressed&) {
        Address address{{"log"}, {}};
        return {Navigate{to_text(address.with("code", model.code)), false}};
    }
    Effects operator()(const HistoryPressed&) { return {OpenHistory{model.code}}; }
    Effects operator()(const BackPressed&) { return {OpenScreen{"customers"}}; }
};

using Details = std::vector<std::string>;

void add_cabinet(Details& details, const dto::TraceDto& trace, const Words& words) {
    if (trace.cabinet_finding == "not_given") details.emplace_back(words(Text::why_cabinet_not_given));
    if (trace.cabinet_finding == "unknown") details.push_back(words(Text::why_cabinet_unknown, {{"cabinet", trace.cabinet}}));
    if (trace.cabinet_finding == "unmapped") details.push_back(words(Text::why_cabinet_unmapped, {{"cabinet", trace.cabinet}}));
    if (trace.cabinet_finding == "closed") details.push_back(words(Text::why_cabinet_closed, {{"cabinet", trace.cabinet}}));
}

void add_range(Details& details, const dto::TraceDto& trace, const Words& words) {
    if (trace.range_finding == "unknown") details.emplace_back(words(Text::why_range_unknown));
    if (trace.range_finding == "closed") details.emplace_back(words(Text::why_range_closed));
}

std::string decision_of(const dto::TraceDto& trace, const World& world) {
    const Words& words = world.words;
    const std::string place = world.unit_name(trace.place);
    if (trace.rule == "contract_known") return words(Text::why_contract_known, {{"contract", trace.contract}});
    if (trace.rule == "contract_shared") return words(Text::why_contract_shared, {{"made_by", trace.made_by}, {"contract", trace.contract}});
    if (trace.rule == "cabinet") return words(Text::why_cabinet, {{"cabinet", trace.cabinet}, {"place", place}});
    if (trace.rule == "number_range") return words(Text::why_range, {{"first", trace.range_first}, {"last", trace.range_last}, {"place", place}});
    if (trace.rule == "cabinet_and_range")
        return words(Text::why_both, {{"cabinet", trace.cabinet}, {"first", trace.range_first}, {"last", trace.range_last}, {"place", place}});
    if (trace.rule == "billing_area_pool") return words(Text::why_pool, {{"area", trace.billing_area}, {"place", place}});
    return words(Text::why_fallback, {{"area", trace.billing_area}, {"place", place}});
}

}  // namespace

Effects reduce(Model& model, const Event& event, const World&) { return std::visit(Reducer{model}, event); }

Address address_of(const Model& model) { return {{"customer", model.code}, {}}; }

std::string address_of_customer(std::string_view code) { return "/customer/" + std::string(code); }

Why why_of(const dto::TraceDto& trace, const World& world) {
    const Words& words = world.words;
    Why why;
    why.headline = words(Text::why_line, {{"day", trace.decided_on}, {"number", trace.access_number}});
    why.decision = decision_of(trace, world);
    const bool by_contract = trace.rule == "contract_known" || trace.rule == "contract_shared";
    if (!by_contract) {
        add_cabinet(why.details, trace, words);
        add_range(why.details, trace, words);
    }
    why.disagreement = trace.disagreement;
    if (trace.disagreement) {
        const std::string policy(precedence_label(world.language(), trace.precedence));
        why.details.push_back(words(Text::why_disagreement, {{"cabinet_place", world.unit_name(trace.cabinet_place)},
                                                             {"range_place", world.unit_name(trace.range_place)}, {"policy", policy}}));
    }
    return why;
}

std::string moved_since(const dto::CustomerPageDto& page, const World& world) {
    for (const dto::TraceDto& trace : page.traces) {
        if (trace.place == 0) continue;
        if (trace.place == page.place) return {};
        return world.words(Text::why_moved_since, {{"place", world.unit_name(page.place)}});
    }
    return {};
}

}  // namespace qudao::client::customer
