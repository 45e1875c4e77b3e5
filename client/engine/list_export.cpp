#include "client/engine/list_export.hpp"

#include <algorithm>

#include "client/api/api_client.hpp"

namespace qudao::engine {
namespace {

constexpr std::int64_t kNoNumber = INT64_MIN;

// A number that stands for somebody: the page of a list names them (dto::persons_in).
bool names_person(std::string_view field) { return field == "person" || field == "confirmed_by"; }

bool is_text(query::FieldType type) { return type == query::FieldType::text; }

workbook::ColumnKind kind_of(query::FieldType type) {
    switch (type) {
        case query::FieldType::integer: return workbook::ColumnKind::integer;
        case query::FieldType::money: return workbook::ColumnKind::yuan;
        case query::FieldType::date: return workbook::ColumnKind::date;
        default: return workbook::ColumnKind::text;
    }
}

// The type of a column of the result: a field's, or a measure's ("count", "sum:revenue").
std::optional<query::FieldType> type_of(query::Source source, std::string_view column) {
    if (column == "count" || column.starts_with("known:")) return query::FieldType::integer;
    if (column.starts_with("sum:")) column.remove_prefix(4);
    const query::Field* field = query::find_field(source, column);
    return field == nullptr ? std::nullopt : std::optional(field->type);
}

}  // namespace

ListExport::ListExport(Asker& asker, ExportRequest request, OnProgress on_progress, Done done)
    : questions_(asker),
      organisation_reader_(asker),
      request_(std::move(request)),
      on_progress_(std::move(on_progress)),
      done_(std::move(done)) {
    const Words& words = request_.values;
    for (std::size_t i = 0; i < std::min(words.code.size(), words.text.size()); ++i) words_.emplace(words.code[i], words.text[i]);
}

Status ListExport::choose_columns() {
    const auto source = query::source_of(request_.source);
    if (!source) return Error::of("request.invalid").at("source", "choice");
    source_ = *source;
    QUDAO_TRY(spec, dto::to_spec(source_, request_.list));
    spec.limit = query::kMaxPageRows;
    QUDAO_CHECK(query::check(spec));
    const std::vector<std::string> shown = query::columns_of(spec);
    for (const ExportColumn& wanted : request_.columns) {
        const auto at = std::find(shown.begin(), shown.end(), wanted.field);
        const auto type = type_of(source_, wanted.field);
        if (at == shown.end() || !type) return Error::of("export.unknown_column").with("field", wanted.field);
        columns_.push_back({wanted.field, wanted.as, *type, static_cast<std::size_t>(at - shown.begin()), {}, {}});
    }
    return done();
}

bool ListExport::needs_organisation() const {
    return std::any_of(columns_.begin(), columns_.end(), [](const Column& column) {
        return column.type == query::FieldType::unit || column.type == query::FieldType::channel;
    });
}

void ListExport::start() {
    if (const Status chosen = choose_columns(); !chosen) return done_(chosen.error());
    if (!needs_organisation()) return next_page(std::nullopt);
    organisation_reader_.start([this](Result<OrganisationReader::Read> read) {
        if (!read) return done_(std::move(read).error());
        organisation_ = std::move(read->organisation);
        next_page(std::nullopt);
    });
}

void ListExport::next_page(std::optional<std::string> cursor) {
    dto::ListRequest request = request_.list;
    request.limit = query::kMaxPageRows;
    request.start_at = std::nullopt;
    request.cursor = std::move(cursor);
    questions_.ask<dto::ListPage>({std::string(client::list_use_case(source_)), {}}, dto::to_json(request),
                                  [this](Result<dto::ListPage> page) { page_came(std::move(page)); });
}

void ListExport::page_came(Result<dto::ListPage> page) {
    if (!page) return done_(std::move(page).error());
    if (const Status kept = keep(*page); !kept) return done_(kept.error());
    on_progress_({"export", "exporting", static_cast<std::int64_t>(rows_), 0});
    if (page->next) return next_page(std::move(page->next));
    write();
}

Status ListExport::keep(const dto::ListPage& page) {
    if (rows_ + page.rows.size() > static_cast<std::size_t>(kMaxExportRows))
        return Error::of("export.too_many_rows").with("limit", kMaxExportRows);
    for (const auto& row : page.rows) {
        for (Column& column : columns_) {
            if (column.at >= row.size()) return Error::of(client::kBadReply).with("status", 200);
            const auto* number = std::get_if<std::int64_t>(&row[column.at]);
            const auto* text = std::get_if<std::string>(&row[column.at]);
            if (is_text(column.type)) column.text.push_back(text == nullptr ? std::string_view() : std::string_view(*text));
            else column.number.push_back(number == nullptr ? kNoNumber : *number);
        }
    }
    rows_ += page.rows.size();
    if (page.persons)
        for (const dto::PersonNameDto& person : *page.persons) persons_[person.id] = person.name;
    return done();
}

void ListExport::write() {
    workbook::TableSpec spec;
    spec.sheet = request_.sheet;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        spec.columns.push_back({request_.columns[i].title, names_person(columns_[i].field) ? workbook::ColumnKind::text : kind_of(columns_[i].type),
                                static_cast<double>(request_.columns[i].width)});
    workbook::WriteOptions options;
    options.expected_rows = static_cast<std::int64_t>(rows_);
    options.progress = [this, last = -1](double done) mutable {
        const int percent = static_cast<int>(done * 100);
        return percent == std::exchange(last, percent) || on_progress_({"export", "writing", percent, 100});
    };
    std::size_t next = 0;
    const workbook::RowSource source = [&](workbook::RowWriter& writer) {
        if (next == rows_) return false;
        for (const Column& column : columns_) write_cell(writer, column, next);
        ++next;
        return true;
    };
    auto bytes = request_.format == "csv" ? workbook::write_csv(spec, source, options) : workbook::write_table(spec, source, options);
    done_(std::move(bytes));
}

void ListExport::write_cell(workbook::RowWriter& writer, const Column& column, std::size_t row) const {
    if (column.as == "blank") return writer.empty();
    if (is_text(column.type)) return writer.text(word_for(column.field, column.text[row]));
    const std::int64_t number = column.number[row];
    if (number == kNoNumber) {
        const std::string_view none = word_for(column.field, {});  // "person.": nobody did it
        return none.empty() ? writer.empty() : writer.text(none);
    }
    if (names_person(column.field)) {
        const auto person = persons_.find(number);
        return writer.text(person == persons_.end() ? "#" + std::to_string(number) : person->second);
    }
    switch (column.type) {
        case query::FieldType::money: return writer.yuan(number);
        case query::FieldType::date: return writer.date(Date{static_cast<std::int32_t>(number)});
        case query::FieldType::instant: return writer.text(format_instant(Instant{number}));
        case query::FieldType::unit: return writer.text(unit_text(number, column.as));
        case query::FieldType::channel: return writer.text(channel_text(number));
        case query::FieldType::boolean: return writer.text(word_for(column.field, number != 0 ? "1" : "0"));
        default: return writer.integer(number);
    }
}

std::string ListExport::unit_text(std::int64_t id, const std::string& as) const {
    const UnitIndex unit = organisation_.find(UnitId{id});
    if (unit == kNoUnit) return std::to_string(id);
    if (as == "code") return organisation_.unit(unit).code;
    return as == "path" ? organisation_.path(Tree::area, unit) : organisation_.unit(unit).name;
}

std::string ListExport::channel_text(std::int64_t id) const {
    const ChannelIndex channel = organisation_.find_channel(ChannelId{id});
    if (channel == kNoChannel) return std::to_string(id);
    const Channel& known = organisation_.channels()[channel];
    return request_.english ? known.name_en : known.name;
}

std::string_view ListExport::word_for(const std::string& field, std::string_view value) const {
    if (words_.empty()) return value;
    const auto it = words_.find(field + "." + std::string(value));
    return it == words_.end() ? value : std::string_view(it->second);
}

}  // namespace qudao::engine
