"""The tidy rules against text they must refuse and its nearest neighbour that they must let pass."""
import rules
import tree_rules

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
    ("asked_for", "client/views/a/a_model.hpp",
     "struct Model {\n    Remote<int> one;\n    PagedList two{x};\n};\n"
     "inline void look(const Model& model, AskedFor& asked) {\n    asked(model.one);\n}\n",
     "struct Model {\n    Remote<int> one;\n};\n"
     "inline void look(const Model& model, AskedFor& asked) {\n    asked(model.one);\n}\n"),
    ("asked_for", "client/views/a/a_model.hpp", "struct Model {\n    RemoteState state = RemoteState::idle;\n};\n", "struct Model {\n    int state;\n};\n"),
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
    ("statements", "server/http/a.cpp", 'run("select id from person");\n', 'say("select a person"); // "select id from person"\n'),
    ("statements", "shared/service/a.cpp", 'run("delete from person");\n', 'say("update the list");\n'),
    ("statements", "server/sql/a.cpp", 's = "select id from a where code = " + code;\n', 's = "select id from a where id = " + std::to_string(id);\n'),
    ("statements", "server/sql/a.cpp", 's = "select id from a where code = \'" + code + "\'";\n', 's = "select id from a where kind = \'move\'";\n'),
    ("statements", "server/sql/a.cpp", 's = "update a set name = " + std::string(name);\n', 's = "update a set " + std::string(kAssignment);\n'),
    ("statements", "server/sql/a.cpp", "sql += given;\n", 'sql += " where id = ";\n'),
    ("statements", "server/sql/partition_store.cpp", "sql += text;\n", "sql.value(text);\n"),
    ("statements", "server/sql/query_compiler.cpp", "sql += filter.values[0];\n", "sql.value(filter.values[0]);\n"),
    ("statements", "server/sql/query_compiler.cpp", "sql += prefix;\n", "sql.value(prefix);\n"),
    ("append_only", "server/sql/a.cpp", 'run("update adjustment set note = 1");\n', 'run("insert into adjustment (note) values (1)");\n'),
    ("append_only", "server/sql/a.cpp", 'run("delete from audit where id < 5");\n', 'run("update audit set undone_by = :undone_by where id = 1");\n'),
    ("append_only", "server/sql/a.cpp", 'run("update audit set person_id = 1");\n', 'run("delete from audit_filter");\n'),
    ("service_units", "server/deploy/a.service", "\n".join(rules.GUARDS).replace("IPAddressDeny=any\n", ""), "\n".join(rules.GUARDS)),
    ("service_units", "server/deploy/a.service", "\n".join(rules.GUARDS) + "\nIPAddressAllow=any", "\n".join(rules.GUARDS) + "\nRestart=always"),
    ("service_units", "server/deploy/a.service", "\n".join(rules.GUARDS).replace("CapabilityBoundingSet=", "CapabilityBoundingSet=CAP_NET_ADMIN"), "\n".join(rules.GUARDS)),
    ("statements", "server/sql/a.cpp", 'f(fmt::format("select {} from a", x));\n', "sql.value(x);\n"),
    ("secret_comparisons", "shared/api/a.cpp", "if (call.request.csrf_token != session->csrf_token) return;\n",
     "if (!same_secret(call.request.csrf_token, session->csrf_token)) return;\n"),
    ("secret_comparisons", "server/auth/a.cpp", "return password_hash == given;\n", "return token.empty() || passwords.size() == 3;\n"),
    ("secret_comparisons", "shared/service/a.cpp", "if (given == key.token()) return;\n", "if (given == key.name) return;\n"),
    ("processes", "server/app/a.cpp", 'popen(command.c_str(), "r");\n', "operating_system(command); // popen(x)\n"),
    ("processes", "server/jobs/a.cpp", "execvp(name, arguments);\n", "session.execute(statement); std::system_error(x);\n"),
    ("scripts", "web/a.js", "x.innerHTML = text;\n", "x.textContent = text;\n"),
    ("scripts", "client/platform/js/a.js", "return eval(text);\n", "return medieval(text);\n"),
    ("scripts", "client/platform/js/a.js", "setTimeout('f()', 1);\n", "setTimeout(f, 1);\n"),
    ("scripts", "client/platform/js/a.js", "localStorage.x = 1;\n", "storage.x = 1;\n"),
    ("scripts", "web/index.html", "<script>f()</script>\n", '<script src="loader.js" defer></script>\n'),
    ("scripts", "web/index.html", '<b onclick="f()">\n', '<b id="one">\n'),
    ("scripts", "web/index.html", '<p style="color: red">\n', '<link rel="stylesheet" href="style.css">\n'),
    ("scripts", "web/index.html", "script-src 'self' 'unsafe-eval'\n", "script-src 'self' 'wasm-unsafe-eval'\n"),
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
    found = [path for path, _ in tree_rules.unlisted(files, lambda _: "SOURCES x.cpp b/y.cpp")]
    if found != ["a/prefix_x.cpp"]:
        return f"unlisted sources: found {found}"
    found = [name for name, _ in tree_rules.top_level({"docs/a.md", "shared/a.hpp", ".ci/run"})]
    if found != ["docs"]:
        return f"top level: found {found}"
    texts = {"a/x.cpp": '#include <map>\n#include "a/x.hpp"\n', "a/y.cpp": '#include "a/y.hpp"\n#include <map>\n',
             "a/x.hpp": "", "a/y.hpp": ""}
    found = [path for path, _ in tree_rules.own_header_first(texts, texts.get)]
    if found != ["a/x.cpp"]:
        return f"own header first: found {found}"
    return check_requirements() or check_dependencies() or check_leaks()


def check_requirements():
    """Each of these lines has one fault, but for the first two."""
    table = ["| V1.1.1 | how | `tests/a_suite.py` `test_one` `Both`, `tests/b.cpp` `it holds` |", "- V1.1.2, V1.1.3: no such thing here; see `tests/b.cpp`",
             "| V1.1.1 | twice | |", "- V1.1.3 twice", "| V1.2.1 | how | `tests/gone.py` |", "| V1.2.2 | how | `tests/a_suite.py` `test_on` |",
             "| V1.2.3 | how | `tests/b.cpp` `it hold` |", "- V1.2.4: in `server/gone/`"]
    texts = {tree_rules.REQUIREMENTS: "\n".join(table), "tests/b.cpp": 'TEST_CASE("it holds")', "tests/a_suite.py": "class Both:\n    def test_one(self):\n"}
    found = [int(place.split(":")[1]) for place, _ in tree_rules.requirements(texts, texts.get)]
    return None if found == [3, 4, 5, 6, 7, 8] else f"requirements: found {found}"


def check_dependencies():
    texts = {"server/deploy/dependencies.md": "| `git` | x |\n| `imgui` | x |\n| `gone` | x |\n", "toolchains/packages.txt": "# a\nbuild  git\nbuild  new\n",
             "toolchains/fetch-sources": "pins='imgui 1.86\nzlib 1.2.13'\n"}
    found = sorted(message for _, message in tree_rules.dependencies(texts, texts.get))
    if found != ["gone is listed and not used", "new is used and not listed", "zlib is used and not listed"]:
        return f"dependencies: found {found}"
    return None


def check_leaks():
    store = """virtual Result<std::vector<Customer>> seen(std::string_view x,
                   const Scope& view) = 0;
    virtual Status save(const Customer& customer) = 0;
    virtual Result<Customer> open() = 0;
    virtual Result<Batch> loose(const Scope& view = {}) = 0;
    virtual Result<std::int64_t> untested(const Viewer& viewer) const = 0;  // (one)
    virtual Result<std::vector<Customer>> given(Period period) = 0;
    """
    test = 'TEST_CASE("a", "[b][leaks]") {\n  work->seen(x, scope);\n}\nTEST_CASE("c", "[d]") {\n  work->untested(viewer);\n}\n'
    texts = {"shared/ports/a_store.hpp": store, "tests/contract/a.cpp": test}
    found = [message.split()[0] + " " + message.split()[-1] for _, message in tree_rules.leaks(texts, texts.get)]
    return None if found == ["open scope", "the default", "untested scope", "given scope"] else f"leaks: found {found}"


def run():
    """(name, problem or None) for each self-test."""
    for number, case in enumerate(CASES, 1):
        yield f"self-test {number}: {case[0]}", check(*case)
    yield "self-test: whole tree", check_whole_tree()
