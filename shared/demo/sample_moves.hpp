// Believable rows of a bulk move over demonstration data, for the tour, tests and benches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/demo/customers.hpp"
#include "shared/domain/move_plan.hpp"

namespace qudao::demo {

enum class SampleKind : std::uint8_t {
    clean,         // every row moves, if the actor may move at all and the window is open
    mixed,         // about one row in thirty is refused, one in forty is there already
    every_reason,  // the same with one row in two refused, so that each reason that the actor can meet comes early
};

struct SampleOptions {
    std::int64_t rows = 1000;
    SampleKind kind = SampleKind::mixed;
    std::string actor = "qudao_admin";  // a login of staff()
    std::uint64_t seed = 1;
};

// As typed: texts of the three columns of the template.
struct SampleMove {
    std::string customer_code;
    std::string target_code;
    std::string note;
};

// No more rows than the actor can move customers; customers are drawn from all over and never twice on purpose of `clean`.
std::vector<SampleMove> sample_moves(const Options& options, const SampleOptions& sample);

// As the reader of workbooks would give them: codes normalised, defects marked, the header being row 1.
MoveRows rows_of(const std::vector<SampleMove>& moves);
// UTF-8 with a byte order mark, so that spreadsheets know; the template's header; CRLF.
std::string csv_of(const std::vector<SampleMove>& moves);

}  // namespace qudao::demo
