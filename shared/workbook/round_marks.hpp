// The workbook a department of the monthly round gets, marks and gives back (rows D2, D3): kMarkColumns in that order, in
// the first row that has anything in it. The customer is told by its code alone; what stands in the columns between is for
// people. The workbook of faulty rows is read as well: its last two columns are not looked at.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/round.hpp"
#include "shared/workbook/table_reader.hpp"

namespace qudao::workbook {

struct MarkSheet {
  MarkRows rows;  // codes, marks and notes without surrounding spaces; rules are check_marks()'s
  std::vector<std::vector<std::string>> between;  // the columns between, by row, to be given back with faults
  TableInfo table;
};

// Errors: errors.hpp; kNoRows when there is only the header.
Result<MarkSheet> read_marks(std::string_view bytes, const ReadOptions& options = {});

struct FaultyMark {
  std::uint32_t row = 0;    // index into the rows
  std::string_view reason;  // a sentence in the person's language
};
Result<std::string> write_faulty_marks(const MarkSheet& sheet, std::span<const FaultyMark> faults);

}  // namespace qudao::workbook
