#include <catch2/catch.hpp>

#include "client/views/common/pinyin.hpp"

using namespace qudao::client;

TEST_CASE("names are found by the first letters of their pinyin") {
    CHECK(find_initials("城东二片1社区", "cdep") == 0);
    CHECK(find_initials("城东二片1社区", "CDEP1SQ") == 0);
    CHECK(find_initials("城东二片1社区", "ep") == 2);
    CHECK(find_initials("南宁市电信分公司", "nnsdx") == 0);
    CHECK(find_initials("客户查询", "khcx") == 0);
    CHECK(find_initials("城东二片", "cdp") == -1);
    CHECK(find_initials("城东", "cdep") == -1);
    CHECK(find_initials("青秀区（公众）客户部", "gzkhb") == 3);
}

TEST_CASE("a character with several readings is found by each") {
    CHECK(find_initials("重庆路", "cql") == 0);
    CHECK(find_initials("重庆路", "zql") == 0);
    CHECK(find_initials("单永强", "syq") == 0);
    CHECK(find_initials("单永强", "dyq") == 0);
    CHECK(find_initials("曾小明", "zxm") == 0);
    CHECK(find_initials("隆安", "la") == 0);
}

TEST_CASE("what is no letter or digit finds nothing") {
    CHECK(find_initials("城东", "") == -1);
    CHECK(find_initials("城东", "城") == -1);
    CHECK(find_initials("", "c") == -1);
    CHECK(find_initials("城东", "c d") == -1);
    CHECK(find_initials("\xFF\xFE城", "c") == 0);
}

TEST_CASE("every character of GB2312's first level has its initials") {
    // 啊 to 座, in pinyin order: the letters never go back.
    CHECK(pinyin_initials(U'啊') == 1U);
    CHECK((pinyin_initials(U'座') & (1U << 25)) != 0);
    CHECK(pinyin_initials(U'a') == 0);
    CHECK(pinyin_initials(U'𠮷') == 0);
    for (char32_t c = 0x4E00; c < 0x9FA6; ++c) CHECK((pinyin_initials(c) >> 26) == 0);
}
