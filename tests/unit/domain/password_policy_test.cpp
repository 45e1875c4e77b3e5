#include "shared/domain/password_policy.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#define QUDAO_PASSWORDS_AS_LISTED
#include "common_passwords.inc"
#include "shared/base/text.hpp"

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

TEST_CASE("no password of the list is taken, with whatever around it, written twice, or joined to another") {
    const std::string_view list(kPasswordsAsListed, sizeof kPasswordsAsListed - 1);
    std::vector<std::string> listed;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = list.find('\n', at);
        listed.emplace_back(list.substr(at, end - at));
        at = end + 1;
    }
    REQUIRE(listed.size() > 3400);
    CHECK(listed[2] == "password");
    const auto letters = [](const std::string& text) {
        return std::count_if(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    };
    const auto common = [](const std::string& password) { return verdict(password, "some_login", "somebody") == "people.password_common"; };
    std::vector<std::string> taken;
    std::size_t tried = 0;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const std::string& one = listed[i];
        const std::string& other = listed[(i * 7 + 11) % listed.size()];
        if (letters(one) < 3) continue;
        ++tried;
        std::string capital = one;
        if (capital[0] >= 'a' && capital[0] <= 'z') capital[0] = static_cast<char>(capital[0] - 32);
        std::vector<std::string> dressed = {one + "12345678901", "2026!!!!!!!!" + one, capital + "@20261111", "***" + capital + "*********", one + one + one + one};
        if (letters(other) >= 3) dressed.push_back(one + other + "123456789");
        if (letters(other) >= 3) dressed.push_back(one + "_2026_11_" + other);
        for (const std::string& password : dressed)
            if (count_code_points(password) >= kShortestPassword && !common(password)) taken.push_back(password);
    }
    INFO((taken.empty() ? std::string() : taken.front()) << " and others: " << taken.size());
    CHECK(tried > 3000);
    CHECK(taken.empty());
    for (const char* known : {"unbelievable", "motherfucker", "fuckyoufuckyou", "manchesterunited", "liverpool123", "christopher1", "chocolate123", "spongebob123",
                              "charlie12345", "killer123456", "hunter123456", "backstreetboys", "correcthorsebatterystaple", "xiaoming1234", "liming123456",
                              "P@$$w0rd2026", "5unshine2026!"}) {
        INFO(known);
        CHECK(common(known));
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
