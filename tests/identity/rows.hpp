// Rows of a workbook as somebody may have typed them, made to meet given reasons or at random, and the workbook itself.
#pragma once

#include <string>
#include <vector>

#include "tests/identity/world.hpp"

namespace qudao::identity {

struct TypedRow {
    std::string customer;
    std::string target;
    std::string note;
};

// Rows of which one is meant to be refused for each of the two reasons (Reason::none: no wish), then others.
std::vector<TypedRow> make_rows(Random& random, const World& world, Reason first, Reason second);

// The rows as a .csv (UTF-8 with or without BOM, GBK; several separators) or a .xlsx; now and then damaged.
std::string make_workbook(Random& random, const std::vector<TypedRow>& rows, bool may_be_damaged);

}  // namespace qudao::identity
