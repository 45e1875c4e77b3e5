#include "shared/feed/reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "shared/base/digest.hpp"
#include "shared/base/gbk.hpp"
#include "shared/base/money.hpp"
#include "shared/base/text.hpp"

namespace qudao::feed {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::int64_t kShownCharacters = 500;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t from = 0; from <= line.size();) {
        const std::size_t end = std::min(line.find('|', from), line.size());
        fields.push_back(line.substr(from, end - from));
        from = end + 1;
    }
    return fields;
}

// As much of what was found as a sentence can hold.
std::string shown(std::string_view text, std::int64_t characters = 60) {
    std::string out;
    std::size_t pos = 0;
    for (std::int64_t i = 0; i < characters && pos < text.size(); ++i) {
        const char32_t c = next_code_point(text, pos);
        append_utf8(out, c < 0x20 || c == 0x7F ? U' ' : c);
    }
    return out;
}

Result<Head> head_of(std::string_view line, Kind wanted) {
    if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    const auto fields = fields_of(line);
    if (fields[0] != kMark || fields.size() != 6) return Error::of("feed.no_head").with("found", shown(line));
    Head head;
    if (fields[1] != code_of(wanted)) return Error::of("feed.kind").with("found", shown(fields[1])).with("wanted", code_of(wanted));
    head.kind = wanted;
    if (fields[2] != "1") return Error::of("feed.version").with("found", shown(fields[2]));
    const Format& format = format_of(wanted);
    const auto day = format.by_period ? Result<Date>(kNoDate) : parse_date(fields[3]);
    const auto period = format.by_period ? parse_period(fields[3]) : Result<Period>(Period{});
    if (!day || !period) return Error::of("feed.day").with("found", shown(fields[3]));
    head.day = *day;
    head.period = *period;
    if (fields[4] != "UTF-8" && fields[4] != "GBK") return Error::of("feed.encoding").with("found", shown(fields[4]));
    head.gbk = fields[4] == "GBK";
    head.source = fields[5];
    if (std::find(format.sources.begin(), format.sources.end(), fields[5]) == format.sources.end())
        return Error::of("feed.source").with("found", shown(fields[5]));
    return head;
}

Result<std::vector<std::size_t>> order_of(std::string_view line, const Format& format) {
    std::vector<std::size_t> order;
    for (const std::string_view name : fields_of(line)) {
        const auto it = std::find_if(format.columns.begin(), format.columns.end(), [&](const Column& column) { return column.name == name; });
        if (it == format.columns.end()) return Error::of("feed.columns").with("unknown", shown(name));
        const auto column = static_cast<std::size_t>(it - format.columns.begin());
        if (std::find(order.begin(), order.end(), column) != order.end()) return Error::of("feed.columns").with("repeated", name);
        order.push_back(column);
    }
    for (std::size_t column = 0; column < format.columns.size(); ++column)
        if (format.columns[column].required && std::find(order.begin(), order.end(), column) == order.end())
            return Error::of("feed.columns").with("missing", format.columns[column].name);
    return order;
}

std::optional<std::int64_t> count_in(std::string_view end_line) {
    const auto fields = fields_of(end_line);
    std::int64_t count = 0;
    if (fields.size() != 2 || fields[0] != kEndMark || fields[1].empty()) return std::nullopt;
    const auto parsed = std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), count);
    if (parsed.ec != std::errc{} || parsed.ptr != fields[1].data() + fields[1].size() || count < 0) return std::nullopt;
    return count;
}

bool is_end(const LineReader::Line& line) { return line.bytes.starts_with(kEndMark) && count_in(line.bytes).has_value(); }

// The checksum is over blocks of one size, wherever the bytes come from.
Result<std::string> checksum_of(Source& source, SurveyProgress& progress) {
    Digest digest;
    std::string block(kBlockBytes, '\0');
    std::size_t used = 0;
    std::int64_t total = 0;
    while (true) {
        QUDAO_TRY(count, source.read(block.data() + used, block.size() - used));
        used += count;
        total += static_cast<std::int64_t>(count);
        if (count != 0 && used < block.size()) continue;
        digest.add(std::string_view(block).substr(0, used));
        used = 0;
        if (!progress.at(total, source.size_bytes())) return Error::of("work.cancelled");
        if (count == 0) return digest.hex();
    }
}

}  // namespace

Result<std::size_t> TextSource::read(char* into, std::size_t size) {
    const std::size_t count = std::min(size, text_.size() - at_);
    std::memcpy(into, text_.data() + at_, count);
    at_ += count;
    return count;
}

Status TextSource::rewind() {
    at_ = 0;
    return done();
}

Status LineReader::fill() {
    buffer_.erase(0, from_);
    from_ = 0;
    const std::size_t kept = buffer_.size();
    buffer_.resize(kept + kBlockBytes / 4);
    auto count = source_.read(buffer_.data() + kept, buffer_.size() - kept);
    buffer_.resize(kept + (count ? *count : 0));
    if (!count) return std::move(count).error();
    bytes_read_ += static_cast<std::int64_t>(*count);
    ended_ = *count == 0;
    return done();
}

Result<std::optional<LineReader::Line>> LineReader::next() {
    while (true) {
        const std::size_t end = buffer_.find('\n', from_);
        const std::size_t have = std::min(end, buffer_.size()) - from_;
        if (end == std::string::npos && !ended_ && have <= kMostLineBytes) {
            QUDAO_CHECK(fill());
            continue;
        }
        if (end == std::string::npos && ended_ && have == 0) return std::optional<Line>();
        if (skipping_) {  // the rest of a line that was cut
            skipping_ = end == std::string::npos && !ended_;
            from_ += have + (end == std::string::npos ? 0 : 1);
            continue;
        }
        Line line{std::string_view(buffer_).substr(from_, std::min(have, kMostLineBytes)), ++number_, have > kMostLineBytes};
        skipping_ = end == std::string::npos && !ended_;
        from_ += have + (end == std::string::npos ? 0 : 1);
        if (!line.cut && line.bytes.ends_with('\r')) line.bytes.remove_suffix(1);
        return std::optional(line);
    }
}

std::int64_t LineReader::pass_lines() {
    std::int64_t passed = 0;
    while (!skipping_ && from_ < buffer_.size() && buffer_[from_] != kEndMark[0]) {
        const std::size_t end = buffer_.find('\n', from_);
        if (end == std::string::npos) break;
        from_ = end + 1;
        ++passed;
    }
    number_ += passed;
    return passed;
}

Result<Survey> survey(Source& source, Kind wanted, SurveyProgress& progress) {
    QUDAO_CHECK(source.rewind());
    Survey out;
    LineReader lines(source);
    QUDAO_TRY(first, lines.next());
    if (!first) return Error::of("feed.empty");
    QUDAO_TRY(head, head_of(first->bytes, wanted));
    out.head = std::move(head);
    QUDAO_TRY(names, lines.next());
    if (!names) return Error::of("feed.truncated").with("lines", std::int64_t{0});
    if (auto order = order_of(names->bytes, format_of(wanted)); !order) {
        // Names that end in the middle are a file that does.
        QUDAO_TRY(data, lines.next());
        if (data) return std::move(order).error();
        return Error::of("feed.truncated").with("lines", std::int64_t{0});
    }
    std::optional<std::int64_t> stated;
    std::int64_t told_bytes = 0;
    while (!stated) {
        out.lines += lines.pass_lines();
        if (lines.bytes_read() != told_bytes && !progress.at(told_bytes = lines.bytes_read(), source.size_bytes())) return Error::of("work.cancelled");
        QUDAO_TRY(line, lines.next());
        if (!line) break;
        stated = is_end(*line) ? count_in(line->bytes) : std::nullopt;
        out.lines += stated ? 0 : 1;
    }
    if (!stated) return Error::of("feed.truncated").with("lines", out.lines);
    QUDAO_TRY(after, lines.next());
    if (after || *stated != out.lines) return Error::of("feed.count").with("stated", *stated).with("found", out.lines);
    QUDAO_CHECK(source.rewind());
    QUDAO_TRY(checksum, checksum_of(source, progress));
    out.checksum = std::move(checksum);
    QUDAO_CHECK(source.rewind());
    return out;
}

Result<std::unique_ptr<Reader>> Reader::open(Source& source, Kind wanted) {
    QUDAO_CHECK(source.rewind());
    std::unique_ptr<Reader> reader(new Reader(source, wanted));
    QUDAO_TRY(first, reader->lines_.next());
    if (!first) return Error::of("feed.empty");
    QUDAO_TRY(head, head_of(first->bytes, wanted));
    reader->head_ = std::move(head);
    QUDAO_TRY(names, reader->lines_.next());
    if (!names) return Error::of("feed.truncated").with("lines", std::int64_t{0});
    QUDAO_TRY(order, order_of(names->bytes, reader->format_));
    reader->order_ = std::move(order);
    reader->cells_.resize(reader->format_.columns.size());
    return reader;
}

Result<bool> Reader::read(std::size_t most, Rows& rows, std::vector<Rejected>& rejected) {
    rows.clear();
    rejected.clear();
    for (std::size_t i = 0; i < most && !ended_; ++i) {
        QUDAO_TRY(line, lines_.next());
        ended_ = !line || is_end(*line);
        if (ended_) break;
        ++lines_read_;
        take(*line, rows, rejected);
    }
    return !rows.empty() || !rejected.empty() || !ended_;
}

void Reader::take(const LineReader::Line& line, Rows& rows, std::vector<Rejected>& rejected) {
    const auto reject = [&](std::string_view reason, std::string_view field, std::string_view text) {
        rejected.push_back({line.number, std::string(reason), std::string(field), shown(text, kShownCharacters)});
    };
    if (line.cut) return reject("too_long", "", line.bytes);
    std::string decoded;
    std::string_view text = line.bytes;
    if (head_.gbk) {
        // Before it is split: the second byte of a character may be that of the bar.
        auto utf8 = gbk_to_utf8(line.bytes);
        if (!utf8) return reject("encoding", "", line.bytes);
        decoded = std::move(*utf8);
        text = decoded;
    } else if (!is_valid_utf8(text)) {
        return reject("encoding", "", text);
    }
    if (auto fault = check(text, line.number)) {
        fault->text = shown(text, kShownCharacters);
        rejected.push_back(std::move(*fault));
        return;
    }
    rows.line.push_back(line.number);
    for (std::size_t column = 0; column < cells_.size(); ++column) {
        if (is_text(format_.columns[column].type)) rows.columns[column].text.push_back(cells_[column].text);
        else rows.columns[column].number.push_back(cells_[column].number);
    }
}

std::optional<Rejected> Reader::check(std::string_view text, std::int64_t number) {
    for (Cell& cell : cells_) {
        cell.text.clear();
        cell.number = kNoNumber;
    }
    std::size_t field = 0;
    for (std::size_t from = 0; from <= text.size(); ++field) {
        const std::size_t end = std::min(text.find('|', from), text.size());
        if (field >= order_.size()) break;
        std::string reason;
        if (!check_field(order_[field], text.substr(from, end - from), reason))
            return Rejected{number, std::move(reason), std::string(format_.columns[order_[field]].name), {}};
        from = end + 1;
    }
    const auto bars = static_cast<std::size_t>(std::count(text.begin(), text.end(), '|'));
    if (bars + 1 != order_.size()) return Rejected{number, "columns", {}, {}};
    return std::nullopt;
}

bool Reader::check_field(std::size_t column, std::string_view field, std::string& reason) {
    const Column& format = format_.columns[column];
    Cell& cell = cells_[column];
    cell.text = format.type == Type::text ? normalize_text(field) : normalize_code(field);
    const auto fail = [&](const char* why) {
        reason = why;
        return false;
    };
    if (cell.text.empty()) return format.required ? fail("missing") : true;
    switch (format.type) {
        case Type::code:
        case Type::text:
            if (static_cast<std::int64_t>(cell.text.size()) > format.max_length && count_code_points(cell.text) > format.max_length) return fail("too_long");
            return true;
        case Type::status:
            for (const StatusWord& status : statuses())
                if (cell.text == status.word || cell.text == status.code) {
                    cell.text = status.code;
                    return true;
                }
            return fail("status");
        case Type::date: {
            const auto date = parse_date(cell.text);
            if (!date) return fail("date");
            cell.number = date->days;
            return true;
        }
        case Type::money: {
            const auto amount = parse_yuan(cell.text);
            if (!amount) return fail("money");
            cell.number = *amount;
            return true;
        }
        case Type::period: {
            const auto period = parse_period(cell.text);
            if (!period) return fail("period");
            cell.number = period->yyyymm;
            return true;
        }
    }
    return true;
}

}  // namespace qudao::feed
