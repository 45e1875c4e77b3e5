// The empty template. Its words are Chinese in any language of the screen, as its headings are: they are part of the format.
#include "shared/workbook/move_template.hpp"
#include "shared/workbook/xlsx_writer.hpp"

namespace qudao::workbook {
namespace {

struct Line {
  std::string_view what;
  std::string_view says;
};

constexpr Line kInstructions[] = {
    {"用途", "批量调整客户归属：一行一个客户，写明调整到哪个单位。"},
    {"填写位置", "在“批量调整”工作表中，从第 2 行起填写。第一行的列名、列序不要改动，不要增加列。"},
    {"客户编码", "必填。13 位数字，以 0 开头的区号在前。单元格已设为文本，请直接输入或按“数值”粘贴，避免丢失前面的 0。"},
    {"目标单位编码", "必填。客户调整后所属的社区、统包区或未分配社区的编码。"},
    {"备注", "可不填。最多 255 个字，会记入调整日志。"},
    {"限制", "一个文件最多 200,000 行、50 MB。同一客户只能出现一次。隐藏的行也会读入，上传后会提示行数。"},
    {"未通过的行", "上传后可下载“未通过的行”工作簿，改正前三列后可直接再次上传。"},
};

void write_line(XlsxWriter& writer, CellStyle first, CellStyle second, std::string_view a, std::string_view b, std::string_view c) {
  writer.begin_row();
  writer.text(first, a);
  writer.text(second, b);
  writer.text(second, c);
  writer.end_row();
}

}  // namespace

Result<std::string> write_move_template() {
  XlsxWriter writer({{"批量调整", {{18, CellStyle::text}, {20, CellStyle::text}, {40, CellStyle::text}}, true},
                     {"说明", {{16, CellStyle::general}, {60, CellStyle::prose}, {40, CellStyle::prose}}, false}});
  writer.begin_sheet();
  write_line(writer, CellStyle::header, CellStyle::header, kMoveColumns[0], kMoveColumns[1], kMoveColumns[2]);
  writer.end_sheet();
  writer.begin_sheet();
  for (const Line& line : kInstructions) write_line(writer, CellStyle::header, CellStyle::prose, line.what, line.says, "");
  writer.begin_row();
  writer.end_row();
  write_line(writer, CellStyle::header, CellStyle::prose, "示例", "", "");
  write_line(writer, CellStyle::header, CellStyle::header, kMoveColumns[0], kMoveColumns[1], kMoveColumns[2]);
  write_line(writer, CellStyle::text, CellStyle::text, "0771000000001", "450103GZ0201", "搬迁至城东二片");
  writer.end_sheet();
  return std::move(writer).finish();
}

}  // namespace qudao::workbook
