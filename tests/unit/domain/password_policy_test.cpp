#include "shared/domain/password_policy.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace qudao;

namespace {

std::string verdict(std::string_view password, std::string_view login = "tl_qx02", std::string_view name = "王芳") {
    const Status checked = check_password(password, login, name);
    return checked ? "" : checked.error().code;
}

std::string times(int count, const std::string& one) {
    std::string text;
    for (int i = 0; i < count; ++i) text += one;
    return text;
}

}  // namespace

TEST_CASE("the commonest passwords of twelve characters and more are refused, however dressed up") {
    for (const char* common :
         {"123456789012", "1234567890123", "012345678910", "111111111111", "000000000000", "123123123123", "121212121212", "123456654321", "password1234",
          "password12345", "Password1234!", "P@ssw0rd1234", "passwordpassword", "passw0rd2026", "qwertyuiop123", "qwertyuiop[]", "qwerty123456", "1qaz2wsx3edc",
          "1q2w3e4r5t6y", "q1w2e3r4t5y6", "zxcvbnm12345", "asdfghjkl123", "abcdefghijkl", "abcd12345678", "abc123abc123", "aaaaaaaaaaaa", "iloveyou1234",
          "iloveyouiloveyou", "administrator", "admin1234567", "admin@123456", "welcome12345", "letmein12345", "woaini1314520", "woaiwojia520", "5201314woaini",
          "wangluo123456", "zhongguo1949", "138001380000", "19991231235959"}) {
        INFO(common);
        CHECK(verdict(common) == "people.password_common");
    }
}

TEST_CASE("words of the firm and the product count as one character each") {
    for (const char* easy : {"qudao2026!!!", "Qudao-Qudao-1", "ChinaTelecom1", "telecom123456", "GuangxiDianxin", "nanning0771!!", "dianxinkehu12"}) {
        INFO(easy);
        CHECK(verdict(easy) == "people.password_common");
    }
}

TEST_CASE("the own login and name are no password") {
    CHECK(verdict("tl_qx02-tl_qx02", "tl_qx02") != "");
    CHECK(verdict("zhangxiaofang88", "zhangxiaofang") != "");
    CHECK(verdict("王芳王芳王芳王芳王芳王芳", "tl_qx02", "王芳") != "");
}

TEST_CASE("any characters will do, long ones too, and no kind is demanded") {
    for (const char* good : {"correct horse battery", "merely small letters here", "只要够长的中文口令也可以用的", "ÄÖÜ ß € tröpfeln munter", "      x y z Q v w r k    ",
                             "SHOUTING TREES BEHAVE", "vlk-93/mwq.zt"}) {
        INFO(good);
        CHECK(verdict(good) == "");
    }
    CHECK(verdict("elevenchars") == "people.password_short");
    CHECK(verdict("short") == "people.password_short");
    CHECK(verdict(std::string("Vk!9 mornings, ") + times(6, "trout? ") + "and tea") == "");  // 64 characters
    CHECK(verdict(times(64, "鱼") + "correct horse battery") != "people.password_short");
    CHECK(verdict(times(300, "Vk!9 mornings ")) == "people.password_long");
    CHECK(verdict("line\nbreak in the middle") == "people.password_text");
    CHECK(verdict("\xFF\xFE not a text at all") == "people.password_text");
}
