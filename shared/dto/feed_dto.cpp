#include "shared/dto/feed_dto.hpp"

#include "shared/dto/customer_page_dto.hpp"
#include "shared/dto/partition_dto.hpp"

namespace qudao::dto {

FeedRunDto to_dto(const ports::FeedRun& run, std::string person_name) {
    FeedRunDto dto;
    dto.id = run.id.value;
    dto.kind = feed::code_of(run.head.kind);
    dto.source = run.head.source;
    dto.day = format_date(run.head.day);
    dto.period = run.head.period.yyyymm;
    dto.file_name = run.file_name;
    dto.person = run.person.value;
    dto.person_name = std::move(person_name);
    dto.state = ports::code_of(run.state);
    dto.started_at = format_instant(run.started_at);
    if (run.finished_at.epoch_ms != 0) dto.finished_at = format_instant(run.finished_at);
    dto.bytes = run.bytes;
    dto.lines = run.lines;
    dto.read = run.counts.read;
    dto.fresh = run.counts.fresh;
    dto.changed = run.counts.changed;
    dto.unchanged = run.counts.unchanged;
    dto.rejected = run.counts.rejected;
    dto.customers = run.counts.customers;
    dto.pooled = run.counts.pooled;
    dto.disagreements = run.counts.disagreements;
    dto.raised = run.counts.raised;
    dto.unknown = run.counts.unknown;
    dto.error = run.error_code;
    dto.error_detail = run.error_detail;
    return dto;
}

CabinetDto to_dto(const Cabinet& cabinet) { return {cabinet.id.value, cabinet.code, cabinet.name, cabinet.unit.value, cabinet.version}; }

NumberRangeDto to_dto(const NumberRange& range) { return {range.id.value, range.first, range.last, range.unit.value, range.version}; }

ServedSubscriberDto to_dto(const ports::ServedSubscriber& one) {
    return {one.access_number,  one.contract,      one.cabinet,       one.cabinet_id.value, one.cabinet_unit.value,       one.billing_area,
            one.customer.value, one.customer_code, one.customer_name, one.place.value,      format_date(one.locked_until)};
}

SubscriberDto to_dto(const ports::Subscriber& one) {
    return {one.access_number, one.name, one.address, one.status, one.contract, one.billing_area, format_date(one.installed_on), one.cabinet, format_date(one.as_of)};
}

OrderInProgressDto to_dto(const ports::OrderInProgress& order) {
    return {order.order_no, order.access_number, order.service, order.stage, format_date(order.accepted_on)};
}

ArrearDto to_dto(const ports::Arrear& arrear) {
    return {arrear.access_number, arrear.amount_fen, arrear.since.yyyymm, arrear.source, arrear.other_amount_fen};
}

TraceDto to_dto(const ports::PartitionTrace& trace) {
    TraceDto dto;
    dto.access_number = trace.access_number;
    dto.run = trace.run.value;
    dto.decided_on = format_date(trace.decided_on);
    dto.contract = trace.contract;
    dto.cabinet = trace.cabinet;
    dto.billing_area = trace.billing_area;
    dto.precedence = code_of(trace.precedence);
    dto.rule = code_of(trace.rule);
    dto.cabinet_finding = code_of(trace.cabinet_finding);
    dto.range_finding = code_of(trace.range_finding);
    dto.area_finding = code_of(trace.area_finding);
    dto.cabinet_place = trace.cabinet_place.value;
    dto.range_place = trace.range_place.value;
    dto.pool = trace.pool.value;
    dto.range_first = trace.range_first;
    dto.range_last = trace.range_last;
    dto.made_by = trace.made_by;
    dto.place = trace.place.value;
    dto.disagreement = trace.disagreement;
    return dto;
}

}  // namespace qudao::dto
