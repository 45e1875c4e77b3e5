// What a change of a cabinet or number range would do, and where one subscriber would go: by the very partition that the
// import runs. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/views/common/world.hpp"
#include "shared/domain/partition.hpp"
#include "shared/dto/customer_page_dto.hpp"
#include "shared/dto/partition_dto.hpp"

namespace qudao::client::cabinets {

// A customer with subscribers on the cabinet or in the range.
struct Affected {
    std::string code;
    std::string name;
    std::int64_t now = 0;    // unit
    std::int64_t then = 0;   // where the partition would place it after the change
    bool proposed = false;   // to be moved: it is where it was served from, or waits in a pool
};
struct Preview {
    std::vector<Affected> customers;  // by code
    std::int64_t subscribers = 0;
    std::int64_t movable = 0;
    std::optional<Error> fault{};     // such places cannot be: a range that overlaps another
};

// Subscribers with all that the partition goes by: each names what its cabinet serves.
struct Served {
    std::vector<dto::ServedSubscriberDto> subscribers;
    PartitionPolicy policy;
    std::vector<NumberRange> ranges;
};
void append(Served& served, const dto::ServedSubscribersDto& page);

// What is to be changed: a cabinet or a range, as it is to be. One that is to serve nobody has no unit.
struct Change {
    std::optional<Cabinet> cabinet;
    std::optional<NumberRange> range;
    std::int64_t before = 0;   // the unit it serves until now, 0 none
};
// By the server's own cabinets, ranges and precedence, with the change among them: what the partition would do.
Preview preview_of(const Organisation& org, const Served& served, const Change& change);

// As a trace, so that it is told in the same words; none when the organisation has no pool.
using WhatIf = dto::TraceDto;
std::optional<WhatIf> what_if(const Organisation& org, const dto::PartitionFactsDto& facts, const std::string& access_number, const std::string& billing_area);

Cabinet from_dto(const dto::CabinetDto& dto);
NumberRange from_dto(const dto::NumberRangeDto& dto);

// Cells of a workbook of moves, as if pasted: customer, target unit, note.
struct MoveLine {
    std::string customer;
    std::string unit;
    std::string note;
};
std::string cells_of(const std::vector<MoveLine>& moves);

}  // namespace qudao::client::cabinets
