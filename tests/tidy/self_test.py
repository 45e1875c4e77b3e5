"""The tidy rules against text they must refuse and its nearest neighbour that they must let pass."""
import rules

LONG_BODY = "  f();\n" * 71
FULL_BODY = "  f();\n" * 70
WORK = "/" + "work" + "/main"

# (rule, path, text refused, text accepted)
CASES = [
    ("includes", "shared/domain/a.cpp", '#include "shared/service/x.hpp"\n', '#include "shared/base/x.hpp"\n'),
    ("includes", "shared/base/a.hpp", '  #  include "shared/domain/x.hpp"\n', '#include "shared/base/x.hpp"\n'),
    ("includes", "shared/ports/a.hpp", '#include "shared/memory/x.hpp"\n', '#include "shared/query/x.hpp"\n'),
    ("includes", "shared/workbook/a.hpp", '#include "shared/ports/database.hpp"\n', '#include "shared/ports/progress.hpp"\n'),
    ("includes", "shared/api/a.cpp", '#include "server/http/x.hpp"\n', '#include "shared/service/x.hpp"\n'),
    ("includes", "client/views/moves/model.hpp", '#include "server/sql/x.hpp"\n', '#include "shared/dto/x.hpp"\n'),
    ("includes", "client/widgets/a.hpp", '#include "client/views/moves/model.hpp"\n', '#include "client/i18n/x.hpp"\n'),
    ("includes", "server/http/a.cpp", '#include "server/sql/x.hpp"\n', '#include "shared/api/x.hpp"\n'),
    ("includes", "server/unknown/a.cpp", '#include "shared/base/x.hpp"\n', "#include <vector>\n"),
    ("includes", "shared/base/a.cpp", '#include "x.hpp"\n', '#include "gbk_table.inc"\n'),
    ("libraries", "server/jobs/a.cpp", "#include <soci/soci.h>\n", "#include <spdlog/spdlog.h>\n"),
    ("libraries", "server/app/a.cpp", "#include <sqlite3.h>\n", "#include <CLI/CLI.hpp>\n"),
    ("libraries", "server/app/a.cpp", "#include <pistache/http.h>\n", "#include <thread>\n"),
    ("libraries", "client/views/moves/model.cpp", "#include <imgui.h>\n", "#include <string>\n"),
    ("libraries", "client/views/moves/reduce.cpp", '#include "imgui_internal.h"\n', "#include <string>\n"),
    ("libraries", "client/api/a.cpp", "#include <emscripten/fetch.h>\n", "#include <nlohmann/json.hpp>\n"),
    ("libraries", "shared/service/a.cpp", "#include <zlib.h>\n", "#include <vector>\n"),
    ("libraries", "shared/domain/a.cpp", "#include <thread>\n", "#include <chrono>\n"),
    ("libraries", "shared/domain/a.cpp", "#include <mutex>\n", "#include <map>\n"),
    ("libraries", "shared/domain/a.cpp", "#include <fstream>\n", "#include <cstdio>\n"),
    ("libraries", "shared/domain/a.cpp", "#include <sys/stat.h>\n", "#include <system_error>\n"),
    ("libraries", "shared/domain/a.cpp", "#include <emscripten.h>\n", "// #include <emscripten.h>\n"),
    ("libraries", "shared/query/a.cpp", "#include <ranges>\n", "#include <algorithm>\n"),
    ("shared_calls", "shared/base/a.cpp", "auto t = std::chrono::system_clock::now();\n", "// system_clock::now()\n"),
    ("shared_calls", "shared/base/a.cpp", "auto t = std::time(nullptr);\n", 'auto s = "std::time(";\n'),
    ("shared_calls", "shared/base/a.cpp", "auto f = std::fopen(p, m);\n", "auto f = reopen(p);\n"),
    ("shared_calls", "shared/base/a.cpp", "auto i = std::bit_cast<int>(x);\n", "auto h = std::hash<int>{}(1);\n"),
    ("shared_calls", "shared/base/a.cpp", 'auto e = getenv("X");\n', "int environment(int);\n"),
    ("file_length", "web/a.js", "x\n" * 501, "x\n" * 500),
    ("function_length", "shared/base/a.cpp", "int f() {\n" + LONG_BODY + "}\n", "int f() {\n" + FULL_BODY + "}\n"),
    ("function_length", "shared/base/a.cpp",
     "namespace a {\nstruct B {\n  B() : x_(1), y_{2} {\n" + LONG_BODY + "  }\n};\n}\n",
     "namespace a {\nstruct B {\n  int f() { return '{'; }\n" + "  int x;\n" * 90 + "};\n}\n"),
    ("function_length", "shared/base/a.cpp",
     "auto f(const std::vector<int>& a) const -> int {\n  if (a) {\n" + LONG_BODY + "  }\n}\n",
     "constexpr Row kTable[] = {\n" + "    {f(1), 2},\n" * 90 + "};\nint g() {\n" + FULL_BODY + "}\n"),
    ("function_length", "shared/base/a.cpp", 'auto s = R"({{{)";\nint f() {\n' + LONG_BODY + "}\n",
     'int f() {\n  auto s = "}}}{{{"; // {{{\n}\n' + "int x;\n" * 90),
    ("machine_text", "toolchains/x", f"cd {WORK}\n", "cd build/work/main\n"),
    ("machine_text", "tests/x.json", '"resol' + 'ved": "https://x"\n', '"solved": "http"\n'),
    ("machine_text", "README.md", "in /" + "home/li/qudao\n", "in ~/qudao\n"),
    ("cmake_lists", "shared/base/CMakeLists.txt", "qudao_library(base\n  SOURCES\n    b.cpp\n    a.cpp)\n",
     "qudao_library(base\n  SOURCES a.cpp b.cpp\n  LINKS z a)\n"),
    ("cmake_lists", "a/CMakeLists.txt", "f(SOURCES a.cpp a.cpp LINKS b)\n", "f(SOURCES ${more} a.cpp LINKS a.cpp)\n"),
    ("cmake_lists", "a/CMakeLists.txt", "file(GLOB x *.cpp)\n", "# file(GLOB x *.cpp)\n"),
    ("cmake_lists", "a/CMakeLists.txt", "include_directories(x)\n", "target_include_directories(x PUBLIC y)\n"),
    ("headers", "shared/base/a.hpp", "int f();\n", "#pragma once\nint f();\n"),
    ("visible_text", "client/views/moves/draw.cpp", 'Text("客户");\n', 'Text(tr(Key::customer)); // 客户\n'),
]


def check(rule, path, refused, accepted):
    """What is wrong with a case, or None."""
    function = getattr(rules, rule)
    if not list(function(path, refused)):
        return f"lets pass: {refused[:70]!r} in {path}"
    if complaints := list(function(path, accepted)):
        return f"refuses {accepted[:70]!r} in {path}: {complaints[0][1]}"
    return None


def check_whole_tree():
    """The rules over the list of files."""
    files = {"a/CMakeLists.txt", "a/x.cpp", "a/b/y.cpp", "a/prefix_x.cpp"}
    found = [path for path, _ in rules.unlisted(files, lambda _: "SOURCES x.cpp b/y.cpp")]
    if found != ["a/prefix_x.cpp"]:
        return f"unlisted sources: found {found}"
    found = [name for name, _ in rules.top_level({"docs/a.md", "shared/a.hpp", ".ci/run"})]
    if found != ["docs"]:
        return f"top level: found {found}"
    texts = {"a/x.cpp": '#include <map>\n#include "a/x.hpp"\n', "a/y.cpp": '#include "a/y.hpp"\n#include <map>\n',
             "a/x.hpp": "", "a/y.hpp": ""}
    found = [path for path, _ in rules.own_header_first(texts, texts.get)]
    if found != ["a/x.cpp"]:
        return f"own header first: found {found}"
    return None


def run():
    """(name, problem or None) for each self-test."""
    for number, case in enumerate(CASES, 1):
        yield f"self-test {number}: {case[0]}", check(*case)
    yield "self-test: whole tree", check_whole_tree()
