#include "shared/workbook/table_reader.hpp"

#include <algorithm>
#include <optional>

#include "shared/workbook/csv_reader.hpp"
#include "shared/workbook/row_feed.hpp"
#include "shared/workbook/sheet_reader.hpp"
#include "shared/workbook/sniff.hpp"
#include "shared/workbook/xlsx_package.hpp"
#include "shared/workbook/zip_archive.hpp"

namespace qudao::workbook {
namespace {

Result<SharedParts> read_shared_parts(const XlsxPackage& package, const Limits& limits, UnpackBudget& budget, Meter& meter) {
  SharedParts shared;
  shared.date1904 = package.date1904;
  if (package.styles != nullptr) {
    QUDAO_TRY(formats, read_formats(*package.styles, budget, meter));
    shared.formats = std::move(formats);
  }
  if (package.shared_strings != nullptr) {
    QUDAO_TRY(texts, read_shared_strings(*package.shared_strings, limits, budget, meter));
    shared.texts = std::move(texts);
  }
  return shared;
}

// Takes a sheet that has the header given, or nearly so: two of its columns where they are there. Stops at its first row.
class TwinSink final : public RowSink {
 public:
  explicit TwinSink(const RowFeed::Header& header) : header_(header) {}
  Status header(std::string_view, const Row& row) override {
    const RowFeed::Header found = RowFeed::header_of(row);
    const auto same = std::count_if(found.begin(), found.end(), [&](const auto& column) { return std::find(header_.begin(), header_.end(), column) != header_.end(); });
    return found == header_ || same >= 2 ? done() : Status(Error::of(errors::kHeader));
  }
  Status row(const Row&) override { return Error::of(errors::kSeveralSheets); }

 private:
  const RowFeed::Header& header_;
};

// An error when a later sheet has rows under the same header, or nearly so, or is damaged before that is known; others
// that have something are counted.
Status no_twin(const XlsxPackage& package, std::size_t read, const SharedParts& shared, RowFeed& feed, UnpackBudget& budget, Meter& meter) {
  TwinSink sink(feed.header());
  for (std::size_t i = read + 1; i < package.sheets.size(); ++i) {
    RowFeed probe(feed.limits(), sink);
    probe.begin_sheet(package.sheets[i].name);
    const Status status = SheetReader(*package.sheets[i].part, shared, probe, budget, meter).read();
    if (status || probe.refused()) {
      if (probe.refused()) ++feed.info().skipped_sheets;
      continue;
    }
    if (status.error().code != errors::kSeveralSheets) return status;
    return Error::of(errors::kSeveralSheets).with("sheet", package.sheets[read].name).with("other", package.sheets[i].name);
  }
  return done();
}

Result<TableInfo> read_xlsx(std::string_view bytes, const ReadOptions& options, RowSink& sink) {
  QUDAO_TRY(archive, ZipArchive::open(bytes, options.limits));
  UnpackBudget budget{options.limits.unpacked_bytes, options.limits.unpacked_bytes};
  Meter meter(options.progress);
  QUDAO_TRY(package, open_package(archive, budget, meter));
  const std::size_t shared_bytes = package.shared_strings != nullptr ? package.shared_strings->data.size() : 0;
  meter.expect(shared_bytes + package.sheets.front().part->data.size());
  QUDAO_TRY(shared, read_shared_parts(package, options.limits, budget, meter));

  RowFeed feed(options.limits, sink);
  feed.info().hidden_sheets = package.hidden_sheets;
  std::optional<Error> first_refusal;
  for (std::size_t i = 0; i < package.sheets.size(); ++i) {
    const SheetEntry& sheet = package.sheets[i];
    feed.begin_sheet(sheet.name);
    SheetReader reader(*sheet.part, shared, feed, budget, meter);
    Status status = reader.read();
    if (!status && !feed.refused()) return std::move(status).error();
    if (status && feed.has_header()) {
      QUDAO_CHECK(no_twin(package, i, shared, feed, budget, meter));
      feed.info().merged_ranges = reader.merged_ranges();
      return feed.info();
    }
    if (status) continue;  // an empty sheet
    if (!first_refusal) first_refusal = std::move(status).error();
    ++feed.info().skipped_sheets;
  }
  return first_refusal ? std::move(*first_refusal) : Error::of(errors::kEmpty);
}

}  // namespace

Result<TableInfo> read_table(std::string_view bytes, const ReadOptions& options, RowSink& sink) {
  const Limits& limits = options.limits;
  if (static_cast<std::int64_t>(bytes.size()) > limits.file_bytes)
    return Error::of(errors::kFileTooLarge)
        .with("limit_mb", limits.file_bytes / kMegabyte)
        .with("size_mb", (static_cast<std::int64_t>(bytes.size()) + kMegabyte - 1) / kMegabyte);
  QUDAO_TRY(container, sniff(bytes));
  if (container == Container::zip) return read_xlsx(bytes, options, sink);
  RowFeed feed(limits, sink);
  QUDAO_CHECK(read_csv(bytes, options.progress, feed));
  if (!feed.has_header()) return Error::of(errors::kEmpty);
  return feed.info();
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

}  // namespace qudao::workbook
