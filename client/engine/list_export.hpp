// A list as a workbook: its pages are asked for one after the other, kept by columns, then written at once. At most
// kMaxExportRows, since a workbook is written in one go; beyond it export.too_many_rows {limit}: narrow the conditions.
// In the engine only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "client/engine/asker.hpp"
#include "client/engine/workbench_types.hpp"
#include "client/engine/world_reader.hpp"
#include "shared/query/query_spec.hpp"
#include "shared/workbook/table_writer.hpp"

namespace qudao::engine {

class ListExport {
public:
    using Done = std::function<void(Result<std::string> bytes)>;
    using OnProgress = std::function<bool(const Progress&)>;

    ListExport(Asker& asker, ExportRequest request, OnProgress on_progress, Done done);
    // Errors: export.unknown_column {field}, query.*, export.too_many_rows, workbook.*, and what asking may fail with.
    void start();

private:
    // One column of the workbook, as the values came.
    struct Column {
        std::string field;
        std::string as;
        query::FieldType type = query::FieldType::text;
        std::size_t at = 0;                // in the rows of a page
        std::vector<std::int64_t> number;  // kNoNumber: no data
        StringColumn text;                 // of text columns
    };

    Status choose_columns();
    bool needs_organisation() const;
    void next_page(std::optional<std::string> cursor);
    void page_came(Result<dto::ListPage> page);
    Status keep(const dto::ListPage& page);
    void write();
    void write_cell(workbook::RowWriter& writer, const Column& column, std::size_t row) const;
    std::string unit_text(std::int64_t id, const std::string& as) const;
    std::string channel_text(std::int64_t id) const;
    std::string_view word_for(const std::string& field, std::string_view value) const;

    Questions questions_;
    OrganisationReader organisation_reader_;
    ExportRequest request_;
    OnProgress on_progress_;
    Done done_;
    query::Source source_ = query::Source::customer;
    Organisation organisation_;
    std::vector<Column> columns_;
    std::unordered_map<std::string, std::string> words_;
    std::unordered_map<std::int64_t, std::string> persons_;  // named by the pages
    std::size_t rows_ = 0;
};

}  // namespace qudao::engine
