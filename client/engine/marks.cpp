#include "client/engine/marks.hpp"

#include "shared/dto/round_dto.hpp"

namespace qudao::engine {

Status Marks::read(std::string_view bytes) {
    auto sheet = workbook::read_marks(bytes);
    if (!sheet) return std::move(sheet).error();
    sheet_ = std::move(*sheet);
    return done();
}

MarksReadHead Marks::facts(const MarksHead& asked) const {
    MarksReadHead head{asked.name, asked.department, 0, 0};
    if (!sheet_) return head;
    head.rows = static_cast<std::int64_t>(sheet_->rows.size());
    head.hidden_rows = sheet_->table.hidden_rows;
    return head;
}

std::string Marks::request(std::int64_t department) const {
    dto::MarksRequest request;
    request.department = department;
    if (sheet_) {
        request.row_number = sheet_->rows.row_number;
        request.customer_code = sheet_->rows.customer_code;
        request.mark = sheet_->rows.mark;
        request.note = sheet_->rows.note;
    }
    return dto::to_json(request);
}

Result<std::string> Marks::faulty(const MarkFaultsRequest& request) const {
    if (!sheet_) return Error::of("engine.no_plan");
    std::vector<workbook::FaultyMark> faults;
    for (std::size_t i = 0; i < std::min(request.index.size(), request.reason.size()); ++i)
        if (request.index[i] < sheet_->rows.size()) faults.push_back({request.index[i], request.reason[i]});
    return workbook::write_faulty_marks(*sheet_, faults);
}

}  // namespace qudao::engine
