// Reads a feed line by line in bounded memory, however long the file: bytes in, checked rows and rejected lines out.
// Nothing is applied here; what is wrong with the file as a whole is an Error, what is wrong with a line leaves it out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/feed/rows.hpp"

namespace qudao::feed {

// Where bytes come from: a file, an upload's parts, a text.
class Source {
public:
    virtual ~Source() = default;
    // Up to `size` bytes; 0 at the end. feed.read.
    virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
    virtual Status rewind() = 0;
    virtual std::int64_t size_bytes() const = 0;  // for progress
};

class TextSource final : public Source {
public:
    explicit TextSource(std::string text) : text_(std::move(text)) {}
    Result<std::size_t> read(char* into, std::size_t size) override;
    Status rewind() override;
    std::int64_t size_bytes() const override { return static_cast<std::int64_t>(text_.size()); }

private:
    std::string text_;
    std::size_t at_ = 0;
};

// A first reading, before anything is stored: that it is a whole feed, what it is of, and the checksum that tells it from
// every other. Errors: feed.empty, feed.no_head (with `found`), feed.kind {found, wanted}, feed.version {found},
// feed.day {found}, feed.encoding {found}, feed.source {found}, feed.columns {missing|unknown|repeated}, feed.truncated
// {lines: those there} (no last line), feed.count {stated, found}, work.cancelled, feed.read.
struct Survey {
    Head head;
    std::string checksum;  // 32 hexadecimal digits
    std::int64_t lines = 0;
};
class SurveyProgress {
public:
    virtual ~SurveyProgress() = default;
    virtual bool at(std::int64_t bytes, std::int64_t total) = 0;
};
Result<Survey> survey(Source& source, Kind wanted, SurveyProgress& progress);

// Lines of a source without their ends (LF or CRLF). One longer than kMostLineBytes is cut and marked.
class LineReader {
public:
    explicit LineReader(Source& source) : source_(source) {}
    struct Line {
        std::string_view bytes;  // until the next call
        std::int64_t number = 0;
        bool cut = false;
    };
    Result<std::optional<Line>> next();
    // Passes over whole lines already in memory that cannot be the closing one, and says how many: all that a survey asks of them.
    std::int64_t pass_lines();
    std::int64_t bytes_read() const { return bytes_read_; }

private:
    Status fill();
    Source& source_;
    std::string buffer_;
    std::size_t from_ = 0;
    std::int64_t number_ = 0;
    std::int64_t bytes_read_ = 0;
    bool ended_ = false;
    bool skipping_ = false;
};

// The rows of a feed that survey() has passed, some at a time.
class Reader {
public:
    // Reads head and columns; the source stands at its beginning.
    static Result<std::unique_ptr<Reader>> open(Source& source, Kind wanted);

    const Head& head() const { return head_; }
    // Up to `most` further lines of data into `rows` and `rejected`, both cleared before. False: the end was reached, and
    // there was nothing more.
    Result<bool> read(std::size_t most, Rows& rows, std::vector<Rejected>& rejected);
    std::int64_t lines_read() const { return lines_read_; }
    std::int64_t bytes_read() const { return lines_.bytes_read(); }

private:
    Reader(Source& source, Kind kind) : lines_(source), format_(format_of(kind)) {}
    void take(const LineReader::Line& line, Rows& rows, std::vector<Rejected>& rejected);
    std::optional<Rejected> check(std::string_view text, std::int64_t number);
    bool check_field(std::size_t column, std::string_view field, std::string& reason);

    LineReader lines_;
    const Format& format_;
    Head head_;
    std::vector<std::size_t> order_;  // of each field of a line: its column in the format
    std::int64_t lines_read_ = 0;
    bool ended_ = false;
    struct Cell {
        std::string text;
        std::int64_t number = 0;
    };
    std::vector<Cell> cells_;  // of the line at hand, by column of the format
};

}  // namespace qudao::feed
