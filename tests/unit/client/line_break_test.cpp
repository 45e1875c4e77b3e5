#include "client/widgets/line_break.hpp"

#include <catch2/catch.hpp>
#include <string>

using Lines = std::vector<std::string_view>;

namespace {

// Ideographs two wide, the rest one: what fits is easily counted.
float two_or_one(std::uint32_t c) { return c >= 0x2E80 ? 2 : 1; }

Lines broken(std::string_view words, float width) { return qudao::ui::break_lines(words, width, two_or_one); }

}  // namespace

TEST_CASE("ideographs break anywhere, words at blanks") {
  CHECK(broken("一二三四五六", 6) == Lines{"一二三", "四五六"});
  CHECK(broken("the quick fox", 9) == Lines{"the quick", "fox"});
  CHECK(broken("共 12 个客户", 7) == Lines{"共 12", "个客户"});
}

TEST_CASE("closing marks do not begin a line, opening marks do not end one") {
  CHECK(broken("一二三，四五", 6) == Lines{"一二", "三，四", "五"});
  CHECK(broken("一二（三四）", 6) == Lines{"一二", "（三", "四）"});
}

TEST_CASE("line ends are kept, blank lines too") {
  CHECK(broken("一\n\n二\n", 10) == Lines{"一", "", "二"});
  CHECK(broken("", 10) == Lines{""});
}

TEST_CASE("what has no place to break is cut where the line is full") {
  CHECK(broken("abcdefgh", 3) == Lines{"abc", "def", "gh"});
  CHECK(broken("一", 1) == Lines{"一"});  // never an endless loop
}

TEST_CASE("malformed UTF-8 is passed over a byte at a time") {
  std::size_t at = 0;
  const std::string broken_bytes = "\xE5\x8D a";
  CHECK(qudao::ui::next_character(broken_bytes, at) == 0xFFFD);
  CHECK(at == 1);
  at = 0;
  CHECK(qudao::ui::next_character("𠮷", at) == 0x20BB7);
  CHECK(at == 4);
  at = 0;
  CHECK(qudao::ui::next_character("\xF0\xA0", at) == 0xFFFD);
}
