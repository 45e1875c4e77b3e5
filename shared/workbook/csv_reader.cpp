#include "shared/workbook/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "shared/base/gbk.hpp"
#include "shared/base/text.hpp"
#include "shared/workbook/cell_text.hpp"
#include "shared/workbook/utf16.hpp"

namespace qudao::workbook {
namespace {

constexpr std::size_t kProgressBytes = 256 * 1024;
constexpr std::size_t kNone = std::string_view::npos;
// A text with so many whole Chinese characters of UTF-8 before its first fault is damaged UTF-8, not GBK.
constexpr int kSureUtf8 = 2;

struct Decoded {
  std::string_view text;  // UTF-8, or GBK to be decoded field by field: its second bytes are never , ; tab " or a line end
  std::string owned;
  Encoding encoding = Encoding::utf8;
};

// Where the first byte is that is not UTF-8, and how many three-byte characters came before it.
std::size_t first_fault(std::string_view text, int& three_byte) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (c == kReplacement && at - begin == 1) return begin;
    if (at - begin == 3) ++three_byte;
  }
  return kNone;
}

Error not_text(std::string_view bytes, std::size_t offset) {
  const auto line = std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n') + 1;
  return Error::of(errors::kEncoding).with("row", static_cast<std::int64_t>(line)).with("offset", static_cast<std::int64_t>(offset));
}

// Where the first pair is that is not GBK.
std::size_t first_gbk_fault(std::string_view text) {
  constexpr std::size_t kPiece = 64 * 1024;
  std::size_t at = 0;
  while (at < text.size()) {
    // Pieces end behind a line end, which is never half a character.
    std::size_t end = std::min(text.size(), at + kPiece);
    if (end < text.size()) {
      const std::size_t line = text.find('\n', end);
      end = line == kNone ? text.size() : line + 1;
    }
    const Result<std::string> piece = gbk_to_utf8(text.substr(at, end - at));
    if (!piece) return at + static_cast<std::size_t>(std::stoll(std::string(piece.error().param("offset"))));
    at = end;
  }
  return kNone;
}

Result<Decoded> decode(std::string_view bytes) {
  Decoded decoded;
  bool big_endian = false;
  if (has_utf16_bom(bytes, big_endian)) {
    Utf16Decoder decoder(big_endian);
    decoded.owned.reserve(bytes.size());
    decoder.decode(bytes.substr(2), decoded.owned);
    decoder.finish(decoded.owned);
    decoded.encoding = Encoding::utf16;
    return decoded;
  }
  const bool marked = bytes.substr(0, 3) == "\xEF\xBB\xBF";
  decoded.text = bytes.substr(marked ? 3 : 0);
  int three_byte = 0;
  const std::size_t fault = first_fault(decoded.text, three_byte);
  if (fault == kNone) return decoded;
  if (marked || three_byte >= kSureUtf8) return not_text(bytes, fault + (marked ? 3 : 0));
  decoded.encoding = Encoding::gbk;
  const std::size_t gbk_fault = first_gbk_fault(bytes);
  if (gbk_fault != kNone) return not_text(bytes, gbk_fault);
  return decoded;
}

// The separator that stands most often in the first line that has anything, outside quotes; a comma when there is none.
char find_separator(std::string_view text) {
  std::array<std::pair<char, int>, 3> counts = {{{',', 0}, {'\t', 0}, {';', 0}}};
  bool quoted = false;
  bool any = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if ((c == '\n' || c == '\r') && any) break;
    any |= c != '\n' && c != '\r' && c != ' ';
    for (auto& [separator, count] : counts) count += c == separator ? 1 : 0;
  }
  return std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, Encoding encoding, char separator, RowFeed& feed)
      : text_(text), gbk_(encoding == Encoding::gbk), separator_(separator), feed_(feed) {}

  Status read(const Progress& progress) {
    std::size_t told = 0;
    while (at_ < text_.size()) {
      QUDAO_CHECK(read_row());
      if (progress && (at_ - told >= kProgressBytes || at_ == text_.size())) {
        told = at_;
        if (!progress(static_cast<double>(at_) / static_cast<double>(text_.size()))) return Error::of(errors::kCancelled);
      }
    }
    return done();
  }
  void start_at(std::size_t at, std::uint32_t row) {
    at_ = at;
    row_ = row;
  }

 private:
  Status read_row() {
    feed_.begin_row(++row_, false);
    const auto most = static_cast<std::uint32_t>(feed_.limits().columns);
    for (std::uint32_t column = 0;; ++column) {
      // Columns beyond the limit all count as the one behind it: blank ones do no harm, others are refused there.
      const std::uint32_t counted = std::min(column, most);
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      if (quoted) {
        QUDAO_CHECK(quoted_field(counted));
      } else {
        plain_field(counted);
      }
      if (at_ == text_.size()) break;
      const char c = text_[at_++];
      if (c == separator_) continue;
      if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
      break;
    }
    return feed_.end_row();
  }

  bool ends_field(char c) const { return c == separator_ || c == '\n' || c == '\r'; }

  std::string_view run_to_end() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !ends_field(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void plain_field(std::uint32_t column) {
    const std::string_view field = run_to_end();
    if (field.empty()) return;
    if (!gbk_ && field.front() != '=') return feed_.add(column, CellKind::text, field);
    const std::size_t begin = feed_.texts().size();
    append(field);
    add_built(column, begin);
  }

  Status quoted_field(std::uint32_t column) {
    const std::uint32_t row = row_;
    const std::size_t begin = feed_.texts().size();
    for (;;) {
      const std::size_t close = text_.find('"', at_ + 1);
      if (close == kNone) return Error::of(errors::kOpenQuote).with("row", row);
      append(text_.substr(at_ + 1, close - at_ - 1));
      at_ = close + 1;
      if (at_ == text_.size() || text_[at_] != '"') break;
      feed_.texts().push_back('"');  // "" in quotes; at_ stands on the second, the field goes on behind it
    }
    append(run_to_end());  // what stands behind the closing quote belongs to it, as Excel reads it
    mend_line_ends(begin);
    add_built(column, begin);
    return done();
  }

  void append(std::string_view field) {
    if (!gbk_) {
      feed_.texts() += field;
    } else if (const Result<std::string> text = gbk_to_utf8(field)) {
      feed_.texts() += text.value();
    }
  }

  void mend_line_ends(std::size_t begin) {
    std::string& texts = feed_.texts();
    if (texts.find('\r', begin) == kNone) return;
    std::string mended;
    for (std::size_t i = begin; i < texts.size(); ++i) {
      if (texts[i] != '\r') mended.push_back(texts[i]);
      else if (i + 1 == texts.size() || texts[i + 1] != '\n') mended.push_back('\n');
    }
    texts.replace(begin, kNone, mended);
  }

  // ="0771" is how people make a spreadsheet keep a text: the text is what is meant.
  void add_built(std::uint32_t column, std::size_t begin) {
    std::string& texts = feed_.texts();
    const std::string_view field = std::string_view(texts).substr(begin);
    if (field.size() >= 3 && field.substr(0, 2) == "=\"" && field.back() == '"' && field.find('"', 2) == field.size() - 1) {
      texts.pop_back();
      texts.erase(begin, 2);
    }
    feed_.add_built(column, CellKind::text, begin);
  }

  std::string_view text_;
  bool gbk_;
  char separator_;
  RowFeed& feed_;
  std::size_t at_ = 0;
  std::uint32_t row_ = 0;
};

}  // namespace

Status read_csv(std::string_view bytes, const Progress& progress, RowFeed& feed) {
  QUDAO_TRY(decoded, decode(bytes));
  const std::string_view text = decoded.encoding == Encoding::utf16 ? std::string_view(decoded.owned) : decoded.text;
  const bool hint = text.size() >= 5 && text.substr(0, 4) == "sep=" && (text.size() == 5 || text[5] == '\r' || text[5] == '\n');
  const char separator = hint ? text[4] : find_separator(text);
  feed.begin_sheet("");
  feed.info().kind = FileKind::csv;
  feed.info().encoding = decoded.encoding;
  feed.info().separator = separator;
  CsvReader reader(text, decoded.encoding, separator, feed);
  if (hint) {
    const std::size_t line = text.find_first_of("\r\n");
    const bool pair = line != kNone && text.substr(line, 2) == "\r\n";
    reader.start_at(line == kNone ? text.size() : line + (pair ? 2 : 1), 0);
  }
  return reader.read(progress);
}

}  // namespace qudao::workbook
