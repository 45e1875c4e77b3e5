// The page of one customer: who it is, its subscribers, orders and arrears, and why it is where it is.
#pragma once

#include "shared/dto/codec.hpp"
#include "shared/ports/feed_store.hpp"

namespace qudao::dto {

struct SubscriberDto {
    std::string access_number;
    std::string name;
    std::string address;
    std::string status;
    std::string contract;
    std::string billing_area;
    std::string installed_on;
    std::string cabinet;
    std::string as_of;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("access_number", self.access_number);
        v("name", self.name);
        v("address", self.address);
        v("status", self.status);
        v("contract", self.contract);
        v("billing_area", self.billing_area);
        v("installed_on", self.installed_on);
        v("cabinet", self.cabinet);
        v("as_of", self.as_of);
    }
};
struct OrderInProgressDto {
    std::string order_no;
    std::string access_number;
    std::string service;
    std::string stage;
    std::string accepted_on;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("order_no", self.order_no);
        v("access_number", self.access_number);
        v("service", self.service);
        v("stage", self.stage);
        v("accepted_on", self.accepted_on);
    }
};
struct ArrearDto {
    std::string access_number;
    std::int64_t amount_fen = 0;
    std::int32_t since = 0;
    std::string source;
    std::optional<std::int64_t> other_amount_fen;  // a conflict of the two sources
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("access_number", self.access_number);
        v("amount_fen", self.amount_fen);
        v("since", self.since);
        v("source", self.source);
        v("other_amount_fen", self.other_amount_fen);
    }
};
// See ports::PartitionTrace.
struct TraceDto {
    std::string access_number;
    std::int64_t run = 0;
    std::string decided_on;
    std::string contract;
    std::string cabinet;
    std::string billing_area;
    std::string precedence;
    std::string rule;
    std::string cabinet_finding;
    std::string range_finding;
    std::string area_finding;
    std::int64_t cabinet_place = 0;
    std::int64_t range_place = 0;
    std::int64_t pool = 0;
    std::string range_first;
    std::string range_last;
    std::string made_by;
    std::int64_t place = 0;
    bool disagreement = false;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("access_number", self.access_number);
        v("run", self.run);
        v("decided_on", self.decided_on);
        v("contract", self.contract);
        v("cabinet", self.cabinet);
        v("billing_area", self.billing_area);
        v("precedence", self.precedence);
        v("rule", self.rule);
        v("cabinet_finding", self.cabinet_finding);
        v("range_finding", self.range_finding);
        v("area_finding", self.area_finding);
        v("cabinet_place", self.cabinet_place);
        v("range_place", self.range_place);
        v("pool", self.pool);
        v("range_first", self.range_first);
        v("range_last", self.range_last);
        v("made_by", self.made_by);
        v("place", self.place);
        v("disagreement", self.disagreement);
    }
};
struct CustomerPageDto {
    std::int64_t id = 0;
    std::string code;
    std::string name;
    std::string contract;
    std::string address;
    std::int64_t place = 0;
    std::int64_t statistical = 0;
    std::string installed_on;
    std::string locked_until;
    std::optional<std::int64_t> revenue_fen;
    std::int32_t revenue_period = 0;
    std::vector<SubscriberDto> subscribers;
    std::vector<OrderInProgressDto> orders;
    std::vector<ArrearDto> arrears;
    std::vector<TraceDto> traces;  // oldest first: the first one placed the customer
    bool more_subscribers = false; // there are more than are told here
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("code", self.code);
        v("name", self.name);
        v("contract", self.contract);
        v("address", self.address);
        v("place", self.place);
        v("statistical", self.statistical);
        v("installed_on", self.installed_on);
        v("locked_until", self.locked_until);
        v("revenue_fen", self.revenue_fen);
        v("revenue_period", self.revenue_period);
        v("subscribers", self.subscribers);
        v("orders", self.orders);
        v("arrears", self.arrears);
        v("traces", self.traces);
        v("more_subscribers", self.more_subscribers);
    }
};

SubscriberDto to_dto(const ports::Subscriber& subscriber);
OrderInProgressDto to_dto(const ports::OrderInProgress& order);
ArrearDto to_dto(const ports::Arrear& arrear);
TraceDto to_dto(const ports::PartitionTrace& trace);

}  // namespace qudao::dto
