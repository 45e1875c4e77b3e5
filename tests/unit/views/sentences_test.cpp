#include <catch2/catch.hpp>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "client/i18n/code_text.hpp"
#include "client/i18n/error_text.hpp"
#include "shared/api/use_case.hpp"
#include "shared/domain/move_plan.hpp"
#include "shared/domain/organisation.hpp"
#include "shared/domain/rights.hpp"
#ifndef __EMSCRIPTEN__
#include <filesystem>
#endif

using namespace qudao;
using namespace qudao::client;

TEST_CASE("a sentence says what the error carries") {
    const Error error = Error::of("workbook.header").with("sheet", "表1").with("row", 1).with("column", "B").with("expected", "目标单位编码").with("found", "社区");
    CHECK(sentence_of(Language::zh, error) == "表头与模板不符：工作表“表1”第 1 行 B 列应为“目标单位编码”，实际是“社区”。请按模板改正表头。");
    CHECK(sentence_of(Language::en, error).find("should be '目标单位编码' but is '社区'") != std::string::npos);
}

TEST_CASE("a header that lacks or adds a column is told apart") {
    const auto header = [](std::string_view expected, std::string_view found) {
        return sentence_of(Language::zh, Error::of("workbook.header").with("sheet", "表").with("row", 1).with("column", "C").with("expected", expected).with("found", found));
    };
    CHECK(header("备注", "").find("实际为空") != std::string::npos);
    CHECK(header("", "其他").find("多出了 C 列") != std::string::npos);
}

TEST_CASE("a text file has no sheet to be named") {
    const auto header = [](std::string_view expected, std::string_view found) {
        return sentence_of(Language::zh, Error::of("workbook.header").with("sheet", "").with("row", 1).with("column", "B").with("expected", expected).with("found", found));
    };
    for (const std::string& said : {header("备注", "社区"), header("备注", ""), header("", "其他"), sentence_of(Language::zh, Error::of("workbook.no_rows").with("sheet", ""))}) {
        CAPTURE(said);
        CHECK(said.find("工作表") == std::string::npos);
        CHECK(said.find("“”") == std::string::npos);
    }
}

TEST_CASE("a right is named, not its code") {
    const std::string zh = sentence_of(Language::zh, Error::of("rights.missing").with("right", "move_customer"));
    CHECK(zh.find("调整客户") != std::string::npos);
    CHECK(zh.find("move_customer") == std::string::npos);
}

TEST_CASE("an unknown code still gives a sentence, with the code for whoever is asked") {
    const std::string zh = sentence_of(Language::zh, Error::of("new.code"));
    CHECK(zh.find("new.code") != std::string::npos);
    CHECK(zh.size() > 30);
}

TEST_CASE("every code of the domain has its words") {
    for (std::size_t i = 0; i < kVerdicts; ++i) CHECK(has_words("verdict", code_of(static_cast<Verdict>(i))));
    for (std::size_t i = 0; i < kReasons; ++i) {
        const std::string_view code = code_of(static_cast<Reason>(i));
        CAPTURE(code);
        CHECK(has_words("reason", code));
        CHECK(has_words("reason_sentence", code));
    }
    for (std::size_t i = 0; i < kActions; ++i) CHECK(has_words("action", code_of(static_cast<Action>(i))));
    for (int i = 0; i <= static_cast<int>(UnitKind::pool); ++i) CHECK(has_words("unit_kind", code_of(static_cast<UnitKind>(i))));
    for (const std::string_view phase : {"reading", "asking", "locking", "planning", "staging", "writing", "committing", "sending", "queued", "opening"})
        CHECK(has_words("phase", phase));
    for (const std::string_view kind : {"move", "undo"}) CHECK(has_words("batch_kind", kind));
    for (const std::string_view what : {"place", "lock", "version", "gone", "appeared"}) CHECK(has_words("change", what));
}

TEST_CASE("limits are written as numbers are on the page") {
    CHECK(sentence_of(Language::zh, Error::of("moves.too_many_rows").with("limit", std::int64_t{200'000})).find("200,000 行") != std::string::npos);
    CHECK(sentence_of(Language::en, Error::of("workbook.too_many_columns").with("limit", "…")).find("…") != std::string::npos);
}

TEST_CASE("reasons with a detail say it") {
    CHECK(reason_sentence(Language::zh, "locked", "2027-03-04").find("2027-03-04") != std::string::npos);
    CHECK(reason_sentence(Language::en, "repeated", "17").find("17") != std::string::npos);
    CHECK(reason_sentence(Language::zh, "window_closed", "2026-12-09").find("2026-12-09") != std::string::npos);
    const std::string past = reason_sentence(Language::zh, "undo_window_past", "2026-11-09/2026-12-03");
    CHECK(past.find("2026-11-09 至 2026-12-03") != std::string::npos);
    CHECK(past.find('{') == std::string::npos);
    CHECK(reason_sentence(Language::en, "undo_window_past", "").find("no window") != std::string::npos);
}

TEST_CASE("roles go by their own names, in English by their codes") {
    CHECK(role_label(Language::zh, "team_lead", "小组负责人") == "小组负责人");
    CHECK(role_label(Language::en, "team_lead", "小组负责人") == "Team lead");
    CHECK(role_label(Language::en, "", "资料查询") == "Data query");
    CHECK(role_label(Language::en, "made_here", "自建角色") == "自建角色");
}

#ifndef __EMSCRIPTEN__
namespace {

// Codes as they are written where errors are made: Error::of("a.b"), wrong("a.b"), broken("a.b"), kName = "a.b",
// {Kind::x, "a.b"}; not the names of use cases, which look alike.
std::set<std::string> codes_in_sources() {
    std::set<std::string> codes;
    const std::regex made(R"re((?:Error::of\(|wrong\(|broken\(|refuse\(|fail\(|bad\(|fault\(|string_view k[A-Za-z]+ = |return )"([a-z_]+\.[a-z_]+)")re");
    for (const char* root : {"shared", "server", "client/api", "client/engine"}) {
        if (!std::filesystem::exists(root)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            std::ifstream file(entry.path());
            std::ostringstream text;
            text << file.rdbuf();
            const std::string source = text.str();
            for (std::sregex_iterator it(source.begin(), source.end(), made), end; it != end; ++it) codes.insert((*it)[1].str());
        }
    }
    for (const auto& use_case : api::use_cases()) codes.erase(std::string(use_case.name));
    // Files, not errors.
    std::erase_if(codes, [](const std::string& code) { return code.ends_with(".csv") || code.ends_with(".json") || code.ends_with(".js") || code.ends_with(".xml"); });
    return codes;
}

}  // namespace

TEST_CASE("every error code made anywhere has a sentence in both languages") {
    const std::set<std::string> codes = codes_in_sources();
    REQUIRE(codes.size() > 40);
    REQUIRE(codes.count("moves.stale") == 1);
    REQUIRE(codes.count("workbook.header") == 1);
    std::set<std::string> without;
    for (const std::string& code : codes)
        if (!has_sentence(code)) without.insert(code);
    CHECK(without == std::set<std::string>{});
}

TEST_CASE("a sentence tells what to do") {
    // Ask for something in so many words; what was cancelled or is merely said needs nothing done.
    const std::set<std::string> merely_said = {"network.aborted", "workbook.cancelled", "moves.cancelled"};
    for (const std::string& code : codes_in_sources()) {
        if (!has_sentence(code) || merely_said.count(code) != 0) continue;
        CAPTURE(code);
        const std::string zh = sentence_of(Language::zh, Error::of(code));
        CHECK((zh.find("请") != std::string::npos || zh.find("需要时") != std::string::npos));
    }
}
#endif
