// Pulls tags and text out of one XML part while it is inflated. Made for the one thing it reads, spreadsheets: with expat a
// sheet takes nine to seventeen times as long as inflating it, with this about three (tests/bench/workbook).
//
// What it relies on: parts are checksummed (part_stream.hpp), so XML that is wrong was written wrong. It checks that tags
// nest in number, and refuses document types (hence entities of the file's own making). Names are local: prefixes differ
// between writers and between the transitional and the strict form of the format.
//
// Not a general XML parser: no validation, no namespaces, and what it does not need to tell apart it does not.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/workbook/part_stream.hpp"
#include "shared/workbook/utf16.hpp"

namespace qudao::workbook {

// What a byte of text is, as far as it matters: where a run of text stops, and what cannot be taken as it stands.
inline constexpr std::uint8_t kTagOrEnd = 1;
inline constexpr std::uint8_t kEncoded = 2;     // an entity, or a line end of XML
inline constexpr std::uint8_t kSuspicious = 4;  // may need mend_text: not ASCII, or the "_" of an escape
inline constexpr std::array<std::uint8_t, 256> kTextClass = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0x80; c < 256; ++c) table[c] = kSuspicious;
  table['_'] = kSuspicious;
  table['&'] = table['\r'] = kEncoded;
  table['<'] = table['\0'] = kTagOrEnd;
  return table;
}();

inline constexpr char kPreserveSpace[] = " xml:space=\"preserve\"";

class XmlScanner {
 public:
  enum class Token : std::uint8_t { start, end, text, finished, failed };

  explicit XmlScanner(PartStream& part);

  // An element written <a/> gives start and end. Views given out before become invalid.
  Token next();

  std::string_view name() const { return name_; }  // of the start tag; not kept for end tags

  // The next attribute of the start tag just given, its value raw (see append_decoded). False: no more.
  bool attribute(std::string_view& name, std::string_view& value);

  // The text just given; long texts come in several pieces. `plain`: it can be taken as it stands.
  std::string_view raw_text() const { return text_; }
  bool plain() const { return plain_; }
  void append_text(std::string& out) const;

  // After a start: goes past its end. False: failed.
  bool skip_element();
  // After a start: appends the element's text, its child elements left out, and goes past its end. Stops taking text
  // once `out` is longer than `limit` (the caller sees by the length that it was too long). False: failed.
  bool read_text(std::string& out, std::size_t limit);
  // After a start or the end of a child: the next child element of the open one. False: its end, or failed.
  bool next_child();

  // For a reader that knows what usually stands next and can tell it at a glance: where the XML goes on. kPadding NULs
  // stand behind what is there. nullptr: just not to be had, go the usual way. What was read is taken by took().
  const char* peek() {
    if (in_tag_ && !skip_rest_of_tag()) return nullptr;
    return owes_end_ || in_cdata_ || at_ >= refill_ ? nullptr : at_;
  }
  void took(const char* to) { at_ = to; }  // whole elements only
  void took_start(const char* to) {        // a whole start tag
    at_ = to;
    ++depth_;
  }
  // How much stands there from peek() on, the NULs not counted.
  std::size_t ahead(const char* at) const { return static_cast<std::size_t>(end_ - at); }
  // Where the start tag goes on behind the attributes that were asked for; nullptr: it had none or is at its end.
  const char* in_tag() const { return in_tag_ ? at_ : nullptr; }
  // skip_element() for an element that never holds one of its own name; `end` is its end tag's beginning, "</rPr".
  bool skip_childless(std::string_view end);

  static constexpr std::size_t kPadding = 32;

  bool failed() const { return failed_; }
  const Error& error() const { return status_.error(); }

 private:
  bool refill();  // makes room and reads on; false when nothing was added
  bool skip_rest_of_tag();
  bool skip_past(std::string_view mark);
  void scan_name();
  Token start_tag();
  Token end_tag();
  Token text_piece();
  Token cdata_piece();
  bool declaration();  // <? or <!, not CDATA; false: failed
  Token fail(std::string_view why, std::string_view code = {});
  void add_bytes();

  PartStream& part_;
  std::vector<char> buffer_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;     // a NUL stands here
  const char* refill_ = nullptr;  // beyond it less than kLookahead is left, and there is more to come
  std::string_view name_;
  std::string_view text_;
  bool plain_ = true;
  bool failed_ = false;
  bool raw_ = false;  // the text comes out of CDATA: "&" is only an "&"
  bool in_tag_ = false;
  bool in_cdata_ = false;
  bool owes_end_ = false;  // of an element written <a/>
  bool over_ = false;      // the part has given all
  bool begun_ = false;
  std::int64_t depth_ = 0;
  bool utf16_ = false;
  Utf16Decoder utf16_decoder_{false};
  std::string utf16_text_;
  std::size_t utf16_used_ = 0;
  Status status_ = done();
};

// Goes past `mark` if the XML at `at` (from peek) goes on with it.
template <std::size_t kSize>
bool take_mark(const char*& at, const char (&mark)[kSize]) {
  static_assert(kSize <= XmlScanner::kPadding);
  if (std::memcmp(at, mark, kSize - 1) != 0) return false;
  at += kSize - 1;
  return true;
}

// Whether both have the same bytes, eight at a time: memcmp goes by single bytes in WASM.
inline bool same_bytes(const char* a, const char* b, std::size_t size) {
  std::uint64_t x = 0;
  std::uint64_t y = 0;
  for (; size >= sizeof x; size -= sizeof x, a += sizeof x, b += sizeof x) {
    std::memcpy(&x, a, sizeof x);
    std::memcpy(&y, b, sizeof y);
    if (x != y) return false;
  }
  return std::memcmp(a, b, size) == 0;
}

// Undoes entities (&amp; &#20013; …) and line ends of XML; an entity nobody knows stays as it is.
void append_decoded(std::string_view raw, std::string& out);
std::string decoded(std::string_view raw);

// A text as it stands in the XML.
struct RawText {
  std::string_view raw;
  bool encoded = false;     // has entities or line ends
  bool suspicious = false;  // may need mend_text

  void append_to(std::string& out) const {
    if (encoded) append_decoded(raw, out);
    else out.append(raw);
  }
};

// The text at `at` (from peek) up to the next tag, and past it. False: it does not end in what is there.
inline bool take_text(const char*& at, RawText& text) {
  std::uint8_t seen = 0;
  const char* p = at;
  for (std::uint8_t c = 0; ((c = kTextClass[static_cast<unsigned char>(*p)]) & kTagOrEnd) == 0; ++p) seen |= c;
  text.raw = std::string_view(at, static_cast<std::size_t>(p - at));
  text.encoded = (seen & kEncoded) != 0;
  text.suspicious = seen != 0;
  at = p;
  return *p == '<';
}

}  // namespace qudao::workbook
