// Feeds as they come: whole, half, of another kind, in another encoding, with bad lines, and very long.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>

#include "shared/base/gbk.hpp"
#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/feed/reader.hpp"

namespace qudao::feed {
namespace {

constexpr std::string_view kHead = "#qudao-feed|subscribers|1|2026-11-18|UTF-8|billing\n";
constexpr std::string_view kColumns = "access_number|name|address|status|contract|billing_area|installed_on|cabinet\n";
constexpr std::string_view kGood = "07715000001|张三|南宁市青秀区民族大道1号|在用|450000000001|450103|2026-11-17|CD-GJ001\n";

struct Quiet final : SurveyProgress {
    bool at(std::int64_t, std::int64_t) override { return true; }
};

std::string file_of(std::string_view body, std::int64_t lines, std::string_view head = kHead, std::string_view columns = kColumns) {
    return std::string(head).append(columns).append(body) + "#end|" + std::to_string(lines) + "\n";
}

Result<Survey> survey_of(std::string text, Kind kind = Kind::subscribers) {
    TextSource source(std::move(text));
    Quiet quiet;
    return survey(source, kind, quiet);
}
std::string error_of(std::string text, Kind kind = Kind::subscribers) {
    const auto result = survey_of(std::move(text), kind);
    return result.ok() ? "none" : result.error().code;
}

struct All {
    Rows rows;
    std::vector<Rejected> rejected;
    std::int64_t lines = 0;
};
All read_all(std::string text, Kind kind = Kind::subscribers, std::size_t most = 1000) {
    TextSource source(std::move(text));
    auto reader = Reader::open(source, kind);
    REQUIRE(reader.ok());
    All all{Rows(kind), {}, 0};
    Rows rows(kind);
    std::vector<Rejected> rejected;
    while (*(*reader)->read(most, rows, rejected)) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            all.rows.line.push_back(rows.line[row]);
            for (std::size_t column = 0; column < rows.columns.size(); ++column) {
                if (is_text(format_of(kind).columns[column].type)) all.rows.columns[column].text.push_back(rows.text(column, row));
                else all.rows.columns[column].number.push_back(rows.number(column, row));
            }
        }
        all.rejected.insert(all.rejected.end(), rejected.begin(), rejected.end());
    }
    all.lines = (*reader)->lines_read();
    return all;
}

// A source of as many lines as wanted, in no memory.
class LongSource final : public Source {
public:
    LongSource(std::int64_t lines, std::int64_t bad_line) : lines_(lines), bad_(bad_line) {
        for (int i = 0; i < 1000; ++i) thousand_ += kLine;
    }
    Result<std::size_t> read(char* into, std::size_t size) override {
        std::size_t copied = 0;
        while (copied < size) {
            if (at_ == part_.size()) {
                if (!make_next()) break;
            }
            const std::size_t count = std::min(size - copied, part_.size() - at_);
            std::memcpy(into + copied, part_.data() + at_, count);
            at_ += count;
            copied += count;
        }
        return copied;
    }
    Status rewind() override {
        next_ = -1;
        part_.clear();
        at_ = 0;
        return done();
    }
    std::int64_t size_bytes() const override { return lines_ * 24; }

private:
    bool make_next() {
        at_ = 0;
        part_.clear();
        if (next_ > lines_) return false;
        if (next_ == -1) part_ = "#qudao-feed|lines|1|2026-11-18|UTF-8|97\naccess_number|cabinet\n";
        else if (next_ == lines_) part_ = "#end|" + std::to_string(lines_) + "\n";
        else if (next_ == bad_) part_ = "no cabinet\n";
        else return make_lines();
        ++next_;
        return true;
    }
    // A thousand at a time: it is the reader that is tried here.
    bool make_lines() {
        const std::int64_t until = std::min(lines_, next_ < bad_ ? std::min(next_ + 1000, bad_) : next_ + 1000);
        part_.assign(thousand_, 0, kLine.size() * static_cast<std::size_t>(until - next_));
        next_ = until;
        return true;
    }
    static constexpr std::string_view kLine = "07711000000|CD-GJ001\n";
    std::int64_t lines_;
    std::int64_t bad_;
    std::int64_t next_ = -1;
    std::string thousand_;
    std::string part_;
    std::size_t at_ = 0;
};

}  // namespace

TEST_CASE("feed: a whole file is surveyed and read") {
    const std::string text = file_of(kGood, 1);
    const auto surveyed = survey_of(text);
    REQUIRE(surveyed.ok());
    CHECK(surveyed->lines == 1);
    CHECK(surveyed->head.day == make_date(2026, 11, 18));
    CHECK(surveyed->head.source == "billing");
    CHECK(surveyed->checksum.size() == 32);
    const All all = read_all(text);
    REQUIRE(all.rows.size() == 1);
    CHECK(all.rows.line[0] == 3);
    CHECK(all.rows.text(1, 0) == "张三");
    CHECK(all.rows.text(3, 0) == "in_use");
    CHECK(all.rows.number(6, 0) == make_date(2026, 11, 17).days);
    CHECK(all.rejected.empty());
}

TEST_CASE("feed: columns in any order, optional ones left out, ends of lines of either kind, a byte order mark") {
    const std::string text = file_of("450000000001|在用|０７７１5000001 |张三|南宁市\r\n", 1, "\xEF\xBB\xBF#qudao-feed|subscribers|1|2026-11-18|UTF-8|billing\r\n",
                                     "contract|status|access_number|name|address\r\n");
    REQUIRE(error_of(text) == "none");
    const All all = read_all(text);
    REQUIRE(all.rows.size() == 1);
    CHECK(all.rows.text(0, 0) == "07715000001");
    CHECK(all.rows.text(5, 0).empty());
    CHECK(all.rows.number(6, 0) == kNoNumber);
}

TEST_CASE("feed: what is wrong with a file as a whole") {
    CHECK(error_of("") == "feed.empty");
    CHECK(error_of("access_number,name\n1,2\n") == "feed.no_head");
    CHECK(error_of("PK\x03\x04") == "feed.no_head");
    CHECK(error_of(file_of(kGood, 1), Kind::lines) == "feed.kind");
    CHECK(error_of(file_of(kGood, 1, "#qudao-feed|subscribers|2|2026-11-18|UTF-8|billing\n")) == "feed.version");
    CHECK(error_of(file_of(kGood, 1, "#qudao-feed|subscribers|1|2026-11-31|UTF-8|billing\n")) == "feed.day");
    CHECK(error_of(file_of(kGood, 1, "#qudao-feed|subscribers|1|2026-11-18|UTF-16|billing\n")) == "feed.encoding");
    CHECK(error_of(file_of(kGood, 1, "#qudao-feed|subscribers|1|2026-11-18|UTF-8|accounts\n")) == "feed.source");
    CHECK(error_of(file_of(kGood, 1, kHead, "access_number|name\n")) == "feed.columns");
    CHECK(error_of(file_of(kGood, 1, kHead, "access_number|name|address|status|contract|surprise\n")) == "feed.columns");
    CHECK(error_of(file_of(kGood, 1, kHead, "access_number|name|name|address|status|contract\n")) == "feed.columns");
    CHECK(error_of(file_of(kGood, 2)) == "feed.count");
    CHECK(error_of(file_of(kGood, 1) + "one more\n") == "feed.count");
    CHECK(error_of("#qudao-feed|charges|1|2026-11-18|UTF-8|analysis\naccess_number|fee_item|amount\n#end|0\n", Kind::charges) == "feed.day");
    CHECK(error_of("#qudao-feed|charges|1|202611|UTF-8|analysis\naccess_number|fee_item|amount\n#end|0\n", Kind::charges) == "none");
}

TEST_CASE("feed: a file cut anywhere is known to be cut") {
    const std::string text = file_of(std::string(kGood) + std::string(kGood), 2);
    for (std::size_t length = 0; length + 1 < text.size(); ++length) {
        INFO("cut after " << length << " bytes");
        const std::string error = error_of(text.substr(0, length));
        REQUIRE(error != "none");
        if (length > kHead.size()) REQUIRE((error == "feed.truncated" || error == "feed.count"));
    }
    CHECK(error_of(text.substr(0, text.size() - 1)) == "none");  // only the end of the last line is missing
}

TEST_CASE("feed: a line that is wrong is left out with its number and reason, and no other is") {
    const std::string good(kGood);
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string line = good;
        return line.replace(line.find(from), from.size(), to);
    };
    const std::vector<std::pair<std::string, std::string>> bad = {
        {with("张三", ""), "missing"},        {with("张三", " 　"), "missing"},        {with("在用", "在用?"), "status"},
        {with("2026-11-17", "20261117"), "date"}, {with("|CD-GJ001", ""), "columns"}, {with("CD-GJ001", "CD-GJ001|"), "columns"},
        {with("张三", std::string(121, 'x')), "too_long"}, {with("张三", "\xD5\xC5"), "encoding"}, {"\n", "missing"},
        {std::string(20000, 'y') + "\n", "too_long"},
    };
    std::string body;
    for (const auto& [line, reason] : bad) body += good + line;
    const All all = read_all(file_of(body + good, static_cast<std::int64_t>(bad.size()) * 2 + 1), Kind::subscribers, 3);
    CHECK(all.rows.size() == bad.size() + 1);
    REQUIRE(all.rejected.size() == bad.size());
    for (std::size_t i = 0; i < bad.size(); ++i) {
        INFO(bad[i].first.substr(0, 80));
        CHECK(all.rejected[i].reason == bad[i].second);
        CHECK(all.rejected[i].line == static_cast<std::int64_t>(i) * 2 + 4);
        CHECK(is_valid_utf8(all.rejected[i].text));
    }
}

TEST_CASE("feed: GBK, also where the second byte of a character is that of the bar") {
    const std::string name = "\x81\x7C\xD5\xC5";  // 亅-like character whose trail byte is 0x7C, then 张
    REQUIRE(gbk_to_utf8(name).ok());
    const std::string text = "#qudao-feed|subscribers|1|2026-11-18|GBK|billing\naccess_number|name|address|status|contract\n07715000001|" + name +
                             "|\xC4\xCF\xC4\xFE|\xD4\xDA\xD3\xC3|450000000001\n07715000002|\xFF\xFF|a|\xD4\xDA\xD3\xC3|1\n#end|2\n";
    REQUIRE(error_of(text) == "none");
    const All all = read_all(text);
    REQUIRE(all.rows.size() == 1);
    CHECK(all.rows.text(1, 0) == *gbk_to_utf8(name));
    CHECK(all.rows.text(2, 0) == "南宁");
    CHECK(all.rows.text(3, 0) == "in_use");
    REQUIRE(all.rejected.size() == 1);
    CHECK(all.rejected[0].reason == "encoding");
}

TEST_CASE("feed: the same bytes in pieces of any size read the same") {
    class Pieces final : public Source {
    public:
        Pieces(std::string text, std::uint64_t seed) : text_(std::move(text)), random_(seed), seed_(seed) {}
        Result<std::size_t> read(char* into, std::size_t size) override {
            const std::size_t count = std::min({size, text_.size() - at_, static_cast<std::size_t>(1 + random_.below(7))});
            std::memcpy(into, text_.data() + at_, count);
            at_ += count;
            return count;
        }
        Status rewind() override {
            at_ = 0;
            random_ = Random(seed_);
            return done();
        }
        std::int64_t size_bytes() const override { return static_cast<std::int64_t>(text_.size()); }

    private:
        std::string text_;
        Random random_;
        std::uint64_t seed_;
        std::size_t at_ = 0;
    };
    std::string body;
    for (int i = 0; i < 50; ++i) body += kGood;
    const std::string text = file_of(body, 50);
    const std::string checksum = survey_of(text)->checksum;
    Quiet quiet;
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
        Pieces pieces(text, seed);
        const auto surveyed = survey(pieces, Kind::subscribers, quiet);
        REQUIRE(surveyed.ok());
        CHECK(surveyed->checksum == checksum);
        CHECK(surveyed->lines == 50);
    }
    CHECK(survey_of(file_of(body + std::string(kGood), 51))->checksum != checksum);
}

TEST_CASE("feed: one bad line in a million is the only one left out, and ten million lines take no memory") {
    Quiet quiet;
    LongSource source(1'000'000, 777'777);
    REQUIRE(survey(source, Kind::lines, quiet)->lines == 1'000'000);
    auto reader = Reader::open(source, Kind::lines);
    REQUIRE(reader.ok());
    Rows rows(Kind::lines);
    std::vector<Rejected> rejected;
    std::int64_t good = 0;
    std::vector<Rejected> bad;
    std::size_t most_bytes = 0;
    while (*(*reader)->read(5000, rows, rejected)) {
        good += static_cast<std::int64_t>(rows.size());
        bad.insert(bad.end(), rejected.begin(), rejected.end());
        most_bytes = std::max(most_bytes, rows.columns[0].text.byte_size());
    }
    CHECK(good == 999'999);
    REQUIRE(bad.size() == 1);
    CHECK(bad[0].line == 777'777 + 3);
    CHECK(bad[0].reason == "columns");
    CHECK(most_bytes < 100'000);
    LongSource longer(10'000'000, -5);
    CHECK(survey(longer, Kind::lines, quiet)->lines == 10'000'000);
}

}  // namespace qudao::feed
