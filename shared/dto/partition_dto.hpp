// Cabinets, number ranges, what-if questions, proposals, and the page of one customer.
#pragma once

#include "shared/dto/codec.hpp"
#include "shared/ports/feed_store.hpp"
#include "shared/ports/partition_store.hpp"

namespace qudao::dto {

struct CabinetDto {
    std::int64_t id = 0;
    std::string code;
    std::string name;
    std::int64_t unit = 0;  // 0: serves none
    std::int32_t version = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("code", self.code);
        v("name", self.name);
        v("unit", self.unit);
        v("version", self.version);
    }
};
struct CabinetsDto {
    std::vector<CabinetDto> cabinets;
    std::optional<std::string> next;  // of the parameter `after`
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("cabinets", self.cabinets);
        v("next", self.next);
    }
};
struct CabinetRequest {
    std::string name;
    std::int64_t unit = 0;
    std::int32_t version = 0;  // 0: a new one
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name, text(0, 100));
        v("unit", self.unit, number(0, INT64_MAX));
        v("version", self.version, number(0, INT32_MAX));
    }
};

struct NumberRangeDto {
    std::int64_t id = 0;  // 0 in a request: a new one
    std::string first;
    std::string last;
    std::int64_t unit = 0;
    std::int32_t version = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id, number(0, INT64_MAX));
        v("first", self.first, text(1, 20));
        v("last", self.last, text(1, 20));
        v("unit", self.unit, number(1, INT64_MAX));
        v("version", self.version, number(0, INT32_MAX));
    }
};
struct NumberRangesDto {
    std::vector<NumberRangeDto> ranges;
    std::optional<std::string> next;  // of the parameter `after`, a first number
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("ranges", self.ranges);
        v("next", self.next);
    }
};

// Subscribers within what the asker may see, with all that their partition goes by.
struct ServedSubscriberDto {
    std::string access_number;
    std::string contract;
    std::string cabinet;
    std::int64_t cabinet_id = 0;    // 0: nobody has entered it
    std::int64_t cabinet_unit = 0;  // 0: it serves none
    std::string billing_area;
    std::int64_t customer = 0;
    std::string customer_code;
    std::string customer_name;
    std::int64_t place = 0;
    std::string locked_until;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("access_number", self.access_number);
        v("contract", self.contract);
        v("cabinet", self.cabinet);
        v("cabinet_id", self.cabinet_id);
        v("cabinet_unit", self.cabinet_unit);
        v("billing_area", self.billing_area);
        v("customer", self.customer);
        v("customer_code", self.customer_code);
        v("customer_name", self.customer_name);
        v("place", self.place);
        v("locked_until", self.locked_until);
    }
};
struct ServedSubscribersDto {
    std::vector<ServedSubscriberDto> subscribers;
    std::optional<std::string> next;  // of the parameter `after`
    std::string precedence;
    std::int64_t fallback_pool = 0;
    std::vector<NumberRangeDto> ranges;  // that hold one of the numbers, or share one with the range asked for
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("subscribers", self.subscribers);
        v("next", self.next);
        v("precedence", self.precedence);
        v("fallback_pool", self.fallback_pool);
        v("ranges", self.ranges);
    }
};

// All that decides where one subscriber would go: the asker runs the partition over it.
struct PartitionFactsDto {
    std::string precedence;
    std::int64_t fallback_pool = 0;
    std::string cabinet_code;                  // asked for, else that of the line, or of the subscriber
    std::optional<CabinetDto> cabinet;         // when it is known
    std::optional<NumberRangeDto> range;       // the one the number lies in
    bool contract_known = false;
    std::string customer_code;                 // of the contract's customer, when it may be seen
    std::optional<ServedSubscriberDto> subscriber;  // the number as stored, when it may be seen
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("precedence", self.precedence);
        v("fallback_pool", self.fallback_pool);
        v("cabinet_code", self.cabinet_code);
        v("cabinet", self.cabinet);
        v("range", self.range);
        v("contract_known", self.contract_known);
        v("customer_code", self.customer_code);
        v("subscriber", self.subscriber);
    }
};

struct ProposalDto {
    std::int64_t id = 0;
    std::string access_number;
    std::string customer_code;
    std::string customer_name;
    std::string raised_on;
    std::string old_cabinet;
    std::string new_cabinet;
    std::int64_t from = 0;
    std::int64_t to = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("access_number", self.access_number);
        v("customer_code", self.customer_code);
        v("customer_name", self.customer_name);
        v("raised_on", self.raised_on);
        v("old_cabinet", self.old_cabinet);
        v("new_cabinet", self.new_cabinet);
        v("from", self.from);
        v("to", self.to);
    }
};
struct ProposalsDto {
    std::vector<ProposalDto> proposals;
    std::optional<std::int64_t> next;  // of the parameter `after`
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("proposals", self.proposals);
        v("next", self.next);
    }
};
struct NothingDto {  // a request that says nothing, an answer that says nothing
    template <class V, class Self>
    static void fields(V&, Self&) {}
};

CabinetDto to_dto(const Cabinet& cabinet);
NumberRangeDto to_dto(const NumberRange& range);
ServedSubscriberDto to_dto(const ports::ServedSubscriber& subscriber);

}  // namespace qudao::dto
