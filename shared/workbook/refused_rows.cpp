#include "shared/workbook/refused_rows.hpp"

#include "shared/workbook/move_template.hpp"

namespace qudao::workbook {

Result<std::string> write_refused_rows(const MoveRows& rows, std::span<const RefusedRow> refused, const WriteOptions& options) {
  TableSpec spec;
  spec.sheet = "未通过的行";
  spec.columns = {{std::string(kMoveColumns[0]), ColumnKind::text, 18},  {std::string(kMoveColumns[1]), ColumnKind::text, 20},
                  {std::string(kMoveColumns[2]), ColumnKind::text, 30},  {std::string(kReasonColumns[0]), ColumnKind::integer, 8},
                  {std::string(kReasonColumns[1]), ColumnKind::text, 24}, {std::string(kReasonColumns[2]), ColumnKind::text, 60}};
  std::size_t next = 0;
  const auto write_one = [&](RowWriter& out) {
    if (next == refused.size()) return false;
    const RefusedRow& one = refused[next++];
    out.text(rows.customer_code[one.row]);
    out.text(rows.target_code[rows.target[one.row]]);
    out.text(rows.note[one.row]);
    out.integer(rows.row_number[one.row]);
    out.text(one.code);
    out.text(one.reason);
    return true;
  };
  return write_table(spec, write_one, options);
}

}  // namespace qudao::workbook
