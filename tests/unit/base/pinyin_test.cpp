#include <catch2/catch.hpp>

#include "shared/base/pinyin.hpp"

using namespace qudao;

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

TEST_CASE("a name has one text of initials, as it is read") {
    CHECK(name_initials("南宁市金科物流有限公司") == "nnsjkwlyxgs");
    CHECK(name_initials("重庆路3号") == "cql3h");
    CHECK(name_initials("桂林银行（南宁）分行") == "glyhnnfh");
    CHECK(name_initials("厦门音乐行业会计") == "xmyyhykj");
    CHECK(name_initials("行健") == "xj");
    CHECK(name_initials("长湖路") == "chl");
    CHECK(name_initials("校长") == "xz");
    CHECK(name_initials("覃小明") == "qxm");
    CHECK(name_initials("曾永强") == "zyq");
    CHECK(name_initials("单位会议中心") == "dwhyzx");   // no surname: the name is too long for a person's
    CHECK(name_initials("Nokia 广西") == "nokiagx");
    CHECK(name_initials("𠮷，。") == "");
    CHECK(name_initials("\xFF城") == "c");
    std::string many;
    for (int i = 0; i < 40; ++i) many += "宁";
    CHECK(name_initials(many) == std::string(kNameInitials, 'n'));
}

TEST_CASE("what a name is indexed under finds it") {
    for (const char* name : {"南宁市金科物流有限公司", "青秀区（公众）客户部", "桂林银行分行", "覃小明", "单永强", "厦门会计", "农东𠮷", "何豪玉"}) {
        CAPTURE(name);
        CHECK(find_initials(name, name_initials(name)) == 0);
    }
}
