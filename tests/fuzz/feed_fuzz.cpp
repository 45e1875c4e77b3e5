// A feed file from another system. What does not bring a head gets one with its columns and its last line, so that lines
// are reached: the first byte says of which kind, the second whether in GBK.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shared/base/text.hpp"
#include "shared/feed/reader.hpp"

namespace {

using namespace qudao;

struct NoProgress final : feed::SurveyProgress {
    bool at(std::int64_t bytes, std::int64_t total) override {
        if (bytes < 0 || bytes > total) std::abort();
        return true;
    }
};

constexpr std::array kKinds = {feed::Kind::subscribers, feed::Kind::lines, feed::Kind::charges, feed::Kind::arrears, feed::Kind::orders};

std::string with_head(feed::Kind kind, bool gbk, std::string_view lines) {
    const feed::Format& format = feed::format_of(kind);
    std::string out = "#qudao-feed|" + std::string(feed::code_of(kind)) + "|1|" + (format.by_period ? "202610" : "2026-11-18") + (gbk ? "|GBK|" : "|UTF-8|") +
                      std::string(format.sources[0]) + "\n";
    for (const feed::Column& column : format.columns) out.append(&column == format.columns.data() ? "" : "|").append(column.name);
    out.append("\n").append(lines);
    if (!lines.empty() && lines.back() != '\n') out.push_back('\n');
    return out + "#end|" + std::to_string(std::count(out.begin(), out.end(), '\n') - 2) + "\n";
}

void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

void check_rows(const feed::Rows& rows, const feed::Format& format) {
    expect(rows.columns.size() == format.columns.size(), "a column for each of the format");
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        const bool is_text = feed::is_text(format.columns[i].type);
        expect((is_text ? rows.columns[i].text.size() : rows.columns[i].number.size()) == rows.size(), "a value a row");
        for (std::size_t row = 0; is_text && row < rows.size(); ++row) {
            expect(is_valid_utf8(rows.text(i, row)), "texts are UTF-8");
            expect(count_code_points(rows.text(i, row)) <= format.columns[i].max_length, "texts are as long as they may be");
        }
    }
}

void read(const std::string& text, feed::Kind kind) {
    feed::TextSource source(text);
    NoProgress progress;
    const auto seen = feed::survey(source, kind, progress);
    if (!seen) return expect(!seen.error().code.empty(), "an error says which");
    expect(source.rewind().ok(), "a text is read twice");
    const auto reader = feed::Reader::open(source, kind);
    expect(reader.ok(), "what was surveyed can be read");
    feed::Rows rows(kind);
    std::vector<feed::Rejected> rejected;
    std::int64_t lines = 0;
    for (;;) {
        const auto more = (*reader)->read(7, rows, rejected);
        expect(more.ok(), "a text can be read to its end");
        check_rows(rows, feed::format_of(kind));
        lines += static_cast<std::int64_t>(rows.size() + rejected.size());
        for (const feed::Rejected& line : rejected) {
            expect(!line.reason.empty() && line.line > 2, "a rejected line says where and why");
            expect(is_valid_utf8(line.text) && line.text.find('\n') == std::string::npos && count_code_points(line.text) <= 500, "a rejected line can be shown");
        }
        if (!*more) break;
    }
    expect(lines == seen->lines, "every line is a row or rejected");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (size < 2) return -1;
    if (bytes.starts_with("#") || bytes.starts_with("\xEF\xBB\xBF#")) {
        for (const feed::Kind kind : kKinds) read(std::string(bytes), kind);
        return 0;
    }
    const feed::Kind kind = kKinds[data[0] % kKinds.size()];
    read(with_head(kind, data[1] % 2 == 1, bytes.substr(2)), kind);
    return 0;
}
