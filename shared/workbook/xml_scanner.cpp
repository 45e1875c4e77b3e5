#include "shared/workbook/xml_scanner.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "shared/base/text.hpp"
#include "shared/workbook/errors.hpp"

namespace qudao::workbook {
namespace {

using Token = XmlScanner::Token;

constexpr std::size_t kBuffer = 64 * 1024;  // stays in the processor's nearest caches
// Attributes that are looked at must be within this; the rest of longer tags is skipped piece by piece.
constexpr std::size_t kLookahead = 8 * 1024;
constexpr std::size_t kMaxEntity = 12;  // "&#x0010FFFF;"

// What stops the search for the end of a tag.
constexpr std::array<bool, 256> kTagStops = [] {
  std::array<bool, 256> table{};
  for (const char c : {'>', '<', '"', '\'', '\0'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// What ends a name.
constexpr std::array<bool, 256> kNameStops = [] {
  std::array<bool, 256> table{};
  for (const char c : {' ', '\t', '\r', '\n', '>', '/', '=', '<', '"', '\'', '\0'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool is_xml_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// The character of "#20013", "#x4E2D" or "amp"; 0 when it is none.
char32_t entity(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  if (name.size() < 2 || name[0] != '#') return 0;
  const bool hex = name[1] == 'x';
  std::uint32_t value = 0;
  for (const char c : name.substr(hex ? 2 : 1)) {
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      digit = static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
    } else {
      return 0;
    }
    value = value * (hex ? 16 : 10) + digit;
    if (value > 0x10FFFF) return kReplacement;
  }
  if (name.size() == (hex ? 2u : 1u)) return 0;
  return value == 0 || (value >= 0xD800 && value <= 0xDFFF) ? kReplacement : static_cast<char32_t>(value);
}

}  // namespace

void append_decoded(std::string_view raw, std::string& out) {
  while (!raw.empty()) {
    std::size_t run = 0;
    while (run < raw.size() && raw[run] != '&' && raw[run] != '\r') ++run;
    out.append(raw.substr(0, run));
    raw.remove_prefix(run);
    if (raw.empty()) return;
    if (raw.front() == '\r') {
      out.push_back('\n');
      raw.remove_prefix(raw.size() > 1 && raw[1] == '\n' ? 2 : 1);
      continue;
    }
    const std::size_t semicolon = raw.substr(0, kMaxEntity).find(';');
    const char32_t c = semicolon == std::string_view::npos ? 0 : entity(raw.substr(1, semicolon - 1));
    if (c == 0) {
      out.push_back('&');
      raw.remove_prefix(1);
    } else {
      append_utf8(out, c);
      raw.remove_prefix(semicolon + 1);
    }
  }
}

std::string decoded(std::string_view raw) {
  std::string out;
  append_decoded(raw, out);
  return out;
}

XmlScanner::XmlScanner(PartStream& part) : part_(part), buffer_(kBuffer + kPadding) {
  at_ = end_ = refill_ = buffer_.data();
}

Token XmlScanner::fail(std::string_view why, std::string_view code) {
  if (!failed_)
    status_ = Error::of(code.empty() ? errors::kDamaged : code).with("part", part_.name()).because(why);
  failed_ = true;
  at_ = end_;
  return Token::failed;
}

void XmlScanner::add_bytes() {
  char* const first = buffer_.data();
  char* const to = first + (end_ - first);
  const std::size_t room = kBuffer - static_cast<std::size_t>(end_ - first);
  std::size_t got = 0;
  if (!utf16_) {
    got = part_.read(to, room);
    over_ = got < room;
  }
  while (utf16_ && got < room && !over_) {
    if (utf16_used_ == utf16_text_.size()) {
      std::array<char, 16 * 1024> raw;
      const std::size_t count = part_.read(raw.data(), raw.size());
      utf16_text_.clear();
      utf16_used_ = 0;
      utf16_decoder_.decode(std::string_view(raw.data(), count), utf16_text_);
      over_ = count == 0;
    }
    const std::size_t count = std::min(room - got, utf16_text_.size() - utf16_used_);
    std::memcpy(to + got, utf16_text_.data() + utf16_used_, count);
    utf16_used_ += count;
    got += count;
  }
  end_ = to + got;
  std::memset(first + (end_ - first), 0, kPadding);
  if (part_.failed()) {
    if (!failed_) status_ = part_.error();
    failed_ = true;
    over_ = true;
  }
}

bool XmlScanner::refill() {
  if (over_) {
    refill_ = end_ + 1;
    return false;
  }
  const auto left = static_cast<std::size_t>(end_ - at_);
  std::memmove(buffer_.data(), at_, left);
  at_ = buffer_.data();
  end_ = at_ + left;
  add_bytes();
  if (!begun_) {
    begun_ = true;
    const std::string_view head(at_, static_cast<std::size_t>(end_ - at_));
    bool big_endian = false;
    if (has_utf16_bom(head, big_endian)) {
      utf16_ = true;
      utf16_decoder_ = Utf16Decoder(big_endian);
      utf16_decoder_.decode(head.substr(2), utf16_text_);
      end_ = at_;
      over_ = false;
      add_bytes();
    } else if (head.substr(0, 3) == "\xEF\xBB\xBF") {
      at_ += 3;
    }
  }
  const auto have = static_cast<std::size_t>(end_ - at_);
  refill_ = over_ ? end_ + 1 : (have > kLookahead ? end_ - kLookahead : at_ + (have > 0 ? 1 : 0));
  return have > left;
}

Token XmlScanner::next() {
  if (in_tag_ && !skip_rest_of_tag()) return Token::failed;
  if (owes_end_) {
    owes_end_ = false;
    --depth_;
    return Token::end;
  }
  for (;;) {
    if (at_ >= refill_ && refill() && at_ >= refill_) continue;
    if (failed_) return Token::failed;
    if (at_ == end_) {
      if (!over_) continue;
      return depth_ == 0 && !in_cdata_ ? Token::finished : fail("the XML ends too early");
    }
    if (in_cdata_) {
      if (const Token token = cdata_piece(); token != Token::end) return token;
      continue;
    }
    if (*at_ != '<') return text_piece();
    if (at_[1] == '/') return end_tag();
    if (at_[1] == '!' && std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, 9) == "<![CDATA[") {
      at_ += 9;
      in_cdata_ = true;
    } else if (at_[1] == '!' || at_[1] == '?') {
      if (!declaration()) return Token::failed;
    } else {
      return start_tag();
    }
  }
}

void XmlScanner::scan_name() {
  const char* begin = at_;
  while (!kNameStops[static_cast<unsigned char>(*at_)]) {
    if (*at_ == ':') begin = at_ + 1;
    ++at_;
  }
  name_ = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
}

Token XmlScanner::start_tag() {
  ++at_;
  scan_name();
  if (name_.empty()) return fail("a tag without a name");
  ++depth_;
  if (*at_ == '>') {  // the usual case: no attributes
    ++at_;
    return Token::start;
  }
  in_tag_ = true;
  return Token::start;
}

Token XmlScanner::end_tag() {
  at_ += 2;
  while (*at_ != '>' && *at_ != '\0' && *at_ != '<') ++at_;
  if (*at_ != '>') return fail("an end tag that does not end");
  ++at_;
  if (--depth_ < 0) return fail("an end tag without a start");
  return Token::end;
}

bool XmlScanner::attribute(std::string_view& name, std::string_view& value) {
  if (!in_tag_) return false;
  while (is_xml_space(*at_)) ++at_;
  const char* const begin = at_;
  const char* local = at_;
  while (!kNameStops[static_cast<unsigned char>(*at_)]) {
    if (*at_ == ':') local = at_ + 1;
    ++at_;
  }
  if (at_ == begin) return false;  // ">" or "/>" is left to skip_rest_of_tag, as is everything wrong
  // A declared prefix is not an attribute of the local name: xmlns:r is not r.
  const std::string_view whole(begin, static_cast<std::size_t>(at_ - begin));
  name = local != begin && whole.substr(0, 6) == "xmlns:" ? whole : whole.substr(static_cast<std::size_t>(local - begin));
  while (is_xml_space(*at_)) ++at_;
  if (*at_ != '=') return false;
  ++at_;
  while (is_xml_space(*at_)) ++at_;
  const char quote = *at_;
  if (quote != '"' && quote != '\'') return false;
  const char* const first = ++at_;
  while (*at_ != quote && *at_ != '\0') ++at_;
  if (*at_ == '\0') {  // longer than the lookahead: not one of those that matter
    at_ = first - 1;
    return false;
  }
  value = std::string_view(first, static_cast<std::size_t>(at_ - first));
  ++at_;
  return true;
}

bool XmlScanner::skip_rest_of_tag() {
  in_tag_ = false;
  char quote = 0;
  bool slash = false;
  for (;;) {
    if (quote != 0) {
      while (*at_ != quote && *at_ != '\0') ++at_;
    } else {
      const char* const begin = at_;
      while (!kTagStops[static_cast<unsigned char>(*at_)]) ++at_;
      if (at_ != begin) slash = at_[-1] == '/';
    }
    const char c = *at_;
    if (c == '\0') {
      if (at_ != end_) return fail("a NUL in the XML"), false;
      if (!refill()) return fail("the XML ends inside a tag"), false;
      continue;
    }
    ++at_;
    if (quote != 0) {
      quote = 0;
      slash = false;
    } else if (c == '>') {
      owes_end_ = slash;
      return true;
    } else if (c == '<') {
      return fail("a tag inside a tag"), false;
    } else {
      quote = c;
    }
  }
}

bool XmlScanner::skip_childless(std::string_view end) {
  if (!in_tag_ && !owes_end_) {
    const std::string_view all(at_, static_cast<std::size_t>(end_ - at_));
    const std::size_t found = all.substr(0, kLookahead).find(end);
    if (found != std::string_view::npos && all.substr(0, found).find("<!") == std::string_view::npos) {
      at_ += found;
      return end_tag() == Token::end;
    }
  }
  return skip_element();
}

Token XmlScanner::text_piece() {
  const char* const begin = at_;
  plain_ = true;
  raw_ = false;
  for (;;) {
    const std::uint8_t c = kTextClass[static_cast<unsigned char>(*at_)];
    if (c == kTagOrEnd) break;
    if (c == kEncoded) plain_ = false;
    ++at_;
  }
  if (*at_ == '\0') {
    if (at_ != end_) return fail("a NUL in the XML");
    // Longer than the buffer: a piece of it, but no half entity and no half line end.
    const std::string_view piece(begin, static_cast<std::size_t>(at_ - begin));
    const std::size_t tail = piece.size() > kMaxEntity ? piece.size() - kMaxEntity : 1;
    const std::size_t ampersand = piece.rfind('&');
    if (!over_ && ampersand != std::string_view::npos && ampersand >= tail) at_ = begin + ampersand;
    if (!over_ && at_[-1] == '\r' && at_ - begin > 1) --at_;
  }
  text_ = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  return Token::text;
}

// A piece of a CDATA section, or Token::end when the section ended without one.
Token XmlScanner::cdata_piece() {
  const std::string_view all(at_, static_cast<std::size_t>(end_ - at_));
  const std::size_t mark = all.find("]]>");
  plain_ = true;
  raw_ = true;
  if (mark != std::string_view::npos) {
    in_cdata_ = false;
    text_ = all.substr(0, mark);
    at_ += mark + 3;
    return text_.empty() ? Token::end : Token::text;
  }
  if (over_) return fail("CDATA that does not end");
  const std::size_t sure = all.size() > 2 ? all.size() - 2 : 0;
  text_ = all.substr(0, sure);
  at_ += sure;
  if (text_.empty()) return refill() ? Token::end : fail("CDATA that does not end");
  return Token::text;
}

bool XmlScanner::skip_past(std::string_view mark) {
  for (;;) {
    const std::string_view all(at_, static_cast<std::size_t>(end_ - at_));
    const std::size_t found = all.find(mark);
    if (found != std::string_view::npos) {
      at_ += found + mark.size();
      return true;
    }
    if (all.size() >= mark.size()) at_ += all.size() - mark.size() + 1;
    if (!refill()) return fail("the XML ends inside a comment"), false;
  }
}

bool XmlScanner::declaration() {
  const std::string_view all(at_, static_cast<std::size_t>(end_ - at_));
  if (all.substr(0, 4) == "<!--") {
    at_ += 4;
    return skip_past("-->");
  }
  if (all[1] == '!') return fail("a document type", errors::kForbiddenXml), false;
  const std::string_view head = all.substr(0, all.find("?>"));
  if (all.substr(0, 6) == "<?xml " && !utf16_) {
    const std::size_t key = head.find("encoding");
    const std::size_t open = key == std::string_view::npos ? key : head.find_first_of("\"'", key);
    if (open != std::string_view::npos) {
      std::string encoding(head.substr(open + 1, head.find(head[open], open + 1) - open - 1));
      for (char& c : encoding) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      if (encoding != "UTF-8" && encoding != "UTF8" && encoding != "US-ASCII" && encoding != "ASCII")
        return fail("XML in another encoding"), false;
    }
  }
  return skip_past("?>");
}

void XmlScanner::append_text(std::string& out) const {
  if (plain_ || raw_) {
    out.append(text_);
  } else {
    append_decoded(text_, out);
  }
}

bool XmlScanner::skip_element() {
  const std::int64_t outside = depth_ - 1;
  for (;;) {
    const Token token = next();
    if (token == Token::failed || token == Token::finished) return false;
    if (token == Token::end && depth_ == outside) return true;
  }
}

bool XmlScanner::read_text(std::string& out, std::size_t limit) {
  for (;;) {
    switch (next()) {
      case Token::text:
        if (out.size() <= limit) append_text(out);
        break;
      case Token::start:
        if (!skip_element()) return false;
        break;
      case Token::end: return true;
      default: return false;
    }
  }
}

bool XmlScanner::next_child() {
  for (;;) {
    const Token token = next();
    if (token == Token::start) return true;
    if (token != Token::text) return false;
  }
}

}  // namespace qudao::workbook
