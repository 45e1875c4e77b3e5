// Staged rows of feeds: in, beside what is known of them, and out.
#include <unordered_set>

#include "server/sql/bulk.hpp"
#include "server/sql/feed_store.hpp"

namespace qudao::sql {
namespace {

constexpr std::size_t kNamesPerLookup = 500;
constexpr std::size_t kRowsPerUnstage = 20000;

std::string columns_of(const feed::Format& format) {
    std::string names = "run_id";
    for (const feed::Column& column : format.columns) names.append(", ").append(column.name);
    return names.append(", line_no");
}

void add_row(BulkInsert& insert, FeedRunId run, const feed::Format& format, const feed::Rows& rows, std::size_t row) {
    insert.add(run.value);
    for (std::size_t column = 0; column < format.columns.size(); ++column) {
        if (is_text(format.columns[column].type)) insert.add(rows.text(column, row));
        else if (rows.number(column, row) == feed::kNoNumber) insert.add_null();
        else insert.add(rows.number(column, row));
    }
    insert.add(rows.line[row]);
}

}  // namespace

std::string_view staged_table(feed::Kind kind) {
    switch (kind) {
        case feed::Kind::subscribers: return "subscriber_stage";
        case feed::Kind::lines: return "line_stage";
        case feed::Kind::charges: return "charge";
        case feed::Kind::arrears: return "arrear_stated";
        case feed::Kind::orders: return "work_order";
    }
    return "subscriber_stage";
}

Result<std::vector<std::int64_t>> FeedStore::stage(FeedRunId run, const feed::Rows& rows) {
    return guarded(session_, [&]() -> Result<std::vector<std::int64_t>> {
        const feed::Format& format = feed::format_of(rows.kind);
        const std::string table(staged_table(rows.kind));
        BulkInsert insert(session_, table + " (" + columns_of(format) + ")", format.columns.size() + 2, BulkInsert::Taken::is_left_out);
        for (std::size_t row = 0; row < rows.size(); ++row) add_row(insert, run, format, rows, row);
        insert.finish();
        std::vector<std::int64_t> repeated;
        if (insert.inserted() == rows.size()) return repeated;
        // Which ones were left out is asked only when some were: of the first key's values, the lines that are there.
        std::unordered_set<std::int64_t> there;
        const std::string key(format.columns[0].name);
        for (std::size_t at = 0; at < rows.size(); at += kNamesPerLookup) {
            std::string text = "select line_no from " + table + " where run_id = " + std::to_string(run.value) + " and " + key + " in (";
            for (std::size_t row = at; row < std::min(rows.size(), at + kNamesPerLookup); ++row) {
                if (row != at) text.push_back(',');
                session_.append_quoted(text, rows.text(0, row));
            }
            session_.read(text.append(")"), "i", [&](const Row& row) { there.insert(row.number(0)); });
        }
        for (const std::int64_t line : rows.line)
            if (there.count(line) == 0) repeated.push_back(line);
        return repeated;
    });
}

Result<bool> FeedStore::unstage(FeedRunId run, feed::Kind kind) {
    return guarded(session_, [&]() -> Result<bool> {
        const std::string text = "delete from " + std::string(staged_table(kind)) + " where run_id = " + std::to_string(run.value);
        if (!session_.mariadb()) {
            session_.run(text);
            return false;
        }
        return session_.run(text + " limit " + std::to_string(kRowsPerUnstage)) != 0;
    });
}

Result<ports::SubscriberMerge> FeedStore::staged_subscribers(FeedRunId run, std::string_view after, std::size_t limit) {
    return guarded(session_, [&]() -> Result<ports::SubscriberMerge> {
        std::string text =
            "select t.access_number, t.name, t.address, t.status, t.contract, t.billing_area, t.installed_on, t.cabinet, t.line_no, s.id, "
            "s.customer_id, s.contract, case when s.name = t.name and s.address = t.address and s.status = t.status and s.contract = "
            "t.contract and s.billing_area = t.billing_area and s.cabinet = t.cabinet and coalesce(s.installed_on, -999999) = "
            "coalesce(t.installed_on, -999999) then 1 else 0 end, k.customer_id, l.cabinet, s.cabinet, c.place_id from subscriber_stage t left join subscriber s on "
            "s.access_number = t.access_number left join customer c on c.id = s.customer_id and s.cabinet <> t.cabinet left join contract k on k.contract = t.contract left join line l on l.access_number = "
            "t.access_number where t.run_id = " +
            std::to_string(run.value) + " and t.access_number > ";
        session_.append_quoted(text, after);
        text += " order by t.access_number limit " + std::to_string(limit);
        ports::SubscriberMerge merge;
        session_.read(text, "ttttttitiiitiitti", [&](const Row& row) {
            for (std::size_t column : {0u, 1u, 2u, 3u, 4u, 5u, 7u}) merge.rows.columns[column].text.push_back(row.text(column));
            merge.rows.columns[6].number.push_back(row.null(6) ? feed::kNoNumber : row.number(6));
            merge.rows.line.push_back(row.number(8));
            merge.subscriber.push_back(row.number(9));
            merge.customer.push_back(row.number(10));
            merge.contract_before.push_back(row.text(11));
            merge.same.push_back(row.number(12) != 0 ? 1 : 0);
            merge.contract_customer.push_back(row.number(13));
            merge.line_cabinet.push_back(row.text(14));
            merge.cabinet_before.push_back(row.text(15));
            merge.place.push_back(row.number(16));
        });
        return merge;
    });
}

Result<std::vector<ports::StagedLine>> FeedStore::staged_lines(FeedRunId run, std::string_view after, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::StagedLine>> {
        std::string text =
            "select t.access_number, t.cabinet, l.cabinet, l.since, s.customer_id, c.place_id from line_stage t left join line l on "
            "l.access_number = t.access_number left join subscriber s on s.access_number = t.access_number left join customer c on c.id = "
            "s.customer_id where t.run_id = " +
            std::to_string(run.value) + " and t.access_number > ";
        session_.append_quoted(text, after);
        text += " order by t.access_number limit " + std::to_string(limit);
        std::vector<ports::StagedLine> lines;
        session_.read(text, "tttiii", [&](const Row& row) {
            lines.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.date(3), row.id<CustomerId>(4), row.id<UnitId>(5)});
        });
        return lines;
    });
}

}  // namespace qudao::sql
