"""The rules a machine can check on the text of one file. Each takes (path, text) and yields (line, message).
Over the whole tree: tree_rules.py.

Sources of the rules: who may know whom, the limits of a file and a function, and where each third-party
library may be seen. A rule is changed here and nowhere else."""
import re

# Who may know whom, by folder. A folder may always include itself; '*' stands for every folder of that side.
MAY_INCLUDE = {
    "shared/base": [],
    "shared/domain": ["shared/base"],
    "shared/feed": ["shared/base", "shared/domain"],
    "shared/query": ["shared/base", "shared/domain"],
    "shared/workbook": ["shared/base", "shared/domain"],
    "shared/ports": ["shared/base", "shared/domain", "shared/feed", "shared/query"],
    "shared/dto": ["shared/base", "shared/domain", "shared/feed", "shared/query", "shared/ports"],
    "shared/service": ["shared/base", "shared/domain", "shared/feed", "shared/query", "shared/workbook", "shared/dto", "shared/ports"],
    "shared/api": ["shared/base", "shared/domain", "shared/feed", "shared/query", "shared/workbook", "shared/dto", "shared/ports",
                   "shared/service"],
    "shared/memory": ["shared/base", "shared/domain", "shared/feed", "shared/query", "shared/ports"],
    "shared/demo": ["shared/base", "shared/domain", "shared/feed", "shared/query", "shared/ports"],
    "shared": ["shared/*"],
    "server/sql": ["shared/base", "shared/domain", "shared/feed", "shared/query", "shared/ports"],
    "server/auth": ["shared/base", "shared/domain", "shared/ports"],
    "server/jobs": ["shared/*", "server/sql"],
    "server/feeds": ["shared/*"],
    "server/http": ["shared/base", "shared/domain", "shared/dto", "shared/ports", "shared/service", "shared/api"],
    "server/app": ["shared/*", "server/*"],
    "client/i18n": ["shared/base"],
    "client/platform": ["shared/base"],
    "client/api": ["shared/*", "client/platform"],
    "client/engine": ["shared/*", "client/api", "client/i18n", "client/platform"],
    "client/widgets": ["shared/base", "client/i18n", "client/platform"],
    "client/views": ["shared/*", "client/api", "client/engine", "client/i18n", "client/platform", "client/widgets"],
    "client/app": ["shared/*", "client/*"],
}
# Headers that more folders may see than their own folder's line above says: pure interfaces or plain values.
ALSO_MAY_INCLUDE = {
    "shared/ports/progress.hpp": ["shared/workbook"],
}

CLIENT_DRAWING = r"client/(app|widgets|platform)/|client/views/.*draw[^/]*$"
# Where a header may be seen: (what is included, files that may, why).
VISIBLE_IN = [
    (r"soci/|sqlite3\.h|mysql|mariadb", r"server/sql/", "only server/sql sees the database libraries"),
    (r"pistache/", r"server/http/", "only server/http sees Pistache"),
    (r"imgui", CLIENT_DRAWING, "only client/{app,widgets,platform} and views' draw files see ImGui"),
    (r"emscripten|GLES|EGL|webgl", r"client/(platform|engine)/", "only client/platform and client/engine see the browser"),
    (r"sodium", r"server/auth/", "only server/auth sees libsodium"),
    (r"spdlog", r"server/", "only the server logs with spdlog"),
    (r"CLI/", r"server/app/|shared/plan_main\.cpp", "only commands read command lines"),
    (r"(expat|xlsxwriter|unzip|zip|zlib)\.h|minizip/", r"shared/workbook/", "only shared/workbook sees file formats"),
    (r"catch2/", r"tests/", "only tests see Catch2"),
]
NOT_IN_SHARED = (r"(thread|mutex|shared_mutex|future|condition_variable|semaphore|latch|barrier|stop_token|atomic"
                 r"|fstream|filesystem|iostream|regex|unistd\.h|sys/[^>\"]*|netdb\.h|netinet/.*|arpa/.*"
                 r"|format|ranges|source_location|coroutine|expected|random)")
CALLS_NOT_IN_SHARED = [
    (r"\b(system_clock|steady_clock|high_resolution_clock)\s*::\s*now\b", "the time comes from ports::Clock"),
    (r"\bstd::time\s*\(|\b(gettimeofday|localtime|localtime_r|gmtime|clock_gettime)\s*\(", "the time comes from ports::Clock"),
    (r"\b(getenv|system|popen)\s*\(", "shared/ knows no environment and no processes"),
    (r"\bstd::(bit_cast|jthread|format)\b", "Emscripten 3.1.6 does not have it"),
    (r"\b(rand|srand)\s*\(", "randomness comes from a seed"),
]
FILE_CALLS = r"\b(?:std::)?(fopen|tmpfile|freopen)\s*\("

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 70
CODE = (".hpp", ".cpp", ".h", ".c", ".js", ".mjs", ".py", ".css", ".html", ".sh", ".cmake", ".txt", ".sql")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def is_cpp(path):
    return path.endswith((".hpp", ".cpp"))


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def blank(match):
    return re.sub(r"[^\n]", " ", match[0])


LEXEMES = re.compile(r'R"(?P<d>[^ ()\\\n]{0,16})\(.*?\)(?P=d)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'
                     r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.S)


def without_comments_and_strings(text):
    """The code with comments, strings and character literals blanked; lines keep their numbers."""
    return LEXEMES.sub(blank, text)


def folder_of(path):
    """The folder of the table a path belongs to: its first two parts, or 'shared' for a file directly there."""
    parts = path.split("/")
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def allowed(source, target, header):
    if source == target or source in ALSO_MAY_INCLUDE.get(header, []):
        return True
    return any(entry == target or (entry.endswith("/*") and target.startswith(entry[:-1]))
               for entry in MAY_INCLUDE.get(source, []))


def includes(path, text):
    """An include that points the wrong way."""
    if not is_cpp(path):
        return
    source = folder_of(path)
    for match in INCLUDE.finditer(text):
        header, line = match[2], line_of(text, match.start())
        if header.startswith(("shared/", "server/", "client/")):
            if path.startswith("tests/"):
                continue
            if source not in MAY_INCLUDE:
                yield line, f"{source} has no line in the table of who may know whom (tests/tidy/rules.py)"
            elif not allowed(source, folder_of(header), header):
                yield line, f"{source} may not know {folder_of(header)} ({header})"
        elif match[1] == '"' and not re.match(r"tests/|imgui|imstb_", header) and not header.endswith(".inc"):
            yield line, f'"{header}" is not named from the top of the repository'


def libraries(path, text):
    """A third-party or system header seen where it may not be."""
    if not is_cpp(path):
        return
    for match in INCLUDE.finditer(text):
        header, line = match[2], line_of(text, match.start())
        if header.startswith(("shared/", "server/", "client/", "tests/")):
            continue
        if path.startswith(("shared/", "server/", "client/")):
            for pattern, files, why in VISIBLE_IN:
                if re.match(pattern, header) and not re.match(files, path):
                    yield line, f"{header}: {why}"
        if path.startswith("shared/") and re.fullmatch(NOT_IN_SHARED, header):
            if not (path == "shared/plan_main.cpp" and header in ("fstream", "filesystem", "iostream")):
                yield line, f"<{header}> has no place in shared/"


def shared_calls(path, text):
    """Clocks, files, the environment and what differs between the compilers, in shared/."""
    if not is_cpp(path) or not path.startswith("shared/"):
        return
    code = without_comments_and_strings(text)
    for pattern, why in CALLS_NOT_IN_SHARED:
        for match in re.finditer(pattern, code):
            yield line_of(code, match.start()), f"{match[0].strip()}: {why}"
    if path != "shared/plan_main.cpp" and not path.startswith("shared/workbook/"):
        for match in re.finditer(FILE_CALLS, code):
            yield line_of(code, match.start()), f"{match[0].strip()}: shared/ takes bytes and gives bytes"


def file_length(path, text):
    """A file over the limit."""
    lines = text.count("\n")
    if path.endswith(CODE) and lines > MAX_FILE_LINES:
        yield lines, f"{lines} lines; the limit is {MAX_FILE_LINES}"


SCOPE_HEAD = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b(?![^{]*\)\s*(const)?\s*$)")


def opens_function(head):
    """Whether a brace after this text, at namespace or class scope, opens a function's body."""
    head = head.strip()
    if "(" not in head or SCOPE_HEAD.search(head):
        return False
    return not re.search(r"(=|,|\(|\breturn)$", head)


def function_length(path, text):
    """A function over the limit. Heuristic: bodies are the braces at namespace or class scope after a ')'."""
    if not is_cpp(path):
        return
    code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.)*(?:\\\n[^\n]*)*", blank, without_comments_and_strings(text), flags=re.M)
    stack, head_start = [], 0  # stack of (inside a function, start line of a function or 0, where its head starts)
    for match in re.finditer(r"[{};]", code):
        position, symbol = match.start(), match[0]
        inside = bool(stack) and stack[-1][0]
        if symbol == "{":
            head = code[head_start:position]
            starts = not inside and opens_function(head)
            initialiser = not inside and not starts and not SCOPE_HEAD.search(head)
            is_test = "TEST_CASE" in head
            stack.append((inside or starts or initialiser, line_of(code, position) if starts and not is_test else 0,
                          head_start))
        elif symbol == "}" and stack:
            _, start, head_before = stack.pop()
            length = line_of(code, position) - start - 1
            if start and length > MAX_FUNCTION_LINES:
                yield start, f"a function of {length} lines; the limit is {MAX_FUNCTION_LINES}"
            if re.match(r"\s*[,{]", code[position + 1:position + 200]):
                head_start = head_before  # the braces of a member's initialiser: its head goes on
                continue
        if symbol != ";" or not inside:
            head_start = position + 1


# Written so that this line is not itself such a path.
MACHINE_TEXT = re.compile(r"(?<![\w.])/(?:work|farm|root)/|(?<![\w.}])/home/\w|\"resolved\": *\"http|Co-Authored[-]By")


def machine_text(path, text):
    """A path of one machine, a registry's host, the name of a tool."""
    for match in MACHINE_TEXT.finditer(text):
        yield line_of(text, match.start()), f"'{match[0]}' belongs to one machine, not to the repository"


def cmake_lists(path, text):
    """Source lists are explicit and sorted; settings belong to targets."""
    if not path.endswith("CMakeLists.txt") and not path.endswith(".cmake"):
        return
    code = re.sub(r"#[^\n]*", blank, text)
    for match in re.finditer(r"\bSOURCES\s+([^()]*?)(?=\b[A-Z][A-Z_]{2,}\b|\))", code):
        names = [name for name in match[1].split() if "$" not in name]
        if names != sorted(names):
            first = next(name for name, right in zip(names, sorted(names)) if name != right)
            yield line_of(code, match.start()), f"sources are not sorted from '{first}' on"
        for name in {name for name in names if names.count(name) > 1}:
            yield line_of(code, match.start()), f"'{name}' is listed twice"
    for match in re.finditer(r"\bGLOB(_RECURSE)?\b|^[ \t]*(include_directories|link_libraries|link_directories"
                             r"|add_definitions|add_compile_options|add_compile_definitions|add_link_options)\b", code, re.M):
        yield line_of(code, match.start()), f"{match[0].strip()}: list files one by one and set things on targets"


def headers(path, text):
    """A header is protected from being read twice."""
    if path.endswith(".hpp") and "#pragma once" not in text:
        yield 1, "no #pragma once"


CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U0002ffff]")


def visible_text(path, text):
    """Text people see comes from client/i18n, never from a literal in a view, widget or reducer."""
    if not is_cpp(path) or not path.startswith("client/") or path.startswith(("client/i18n/", "client/platform/")):
        return
    for match in LEXEMES.finditer(text):
        if not match[0].startswith("/") and CHINESE.search(match[0]):
            yield line_of(text, match.start()), f"visible text {match[0][:40]} outside client/i18n"


# --- the closed door ------------------------------------------------------------------------------------------------
STATEMENT = re.compile(r'^"\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)', re.I | re.S)
TEXT = r'"(?:\\.|[^"\\\n])*"'
SQL_WORDS = re.compile(r"\b(select|insert|update|delete|where|from|values|and|or|set|limit|order by|group by|join|like|in|is null)\b|=\s*\"$")
# What may stand beside a piece of a statement: numbers, constants, and these, which are the program's own text, by file.
# A value never does: it is bound, with SqlText::value or named(), or given to BulkInsert.
NUMBER_OR_CONSTANT = r"std::to_string\(|(?:std::string\()?k[A-Z]\w*|static_cast<|\("
OWN_SQL_TEXT = {
    # Tables and columns of the formats of feeds; numbers of runs.
    "server/sql/feed_stage_store.cpp": r"table\b|std::string\(staged_table\(",
    "server/sql/feed_whole_store.cpp": r"name\b|same_values\(|table\b|from_billing\b|from_accounts\b|std::string\(session_\.mariadb",
    "server/sql/audit_store.cpp": r"condition\b",
    "server/sql/batch_numbers.cpp": r"column\b",
    "server/sql/bulk.cpp": r"(?:rows_|tail_)\b",  # how many places for values; words of the dialect
    "server/sql/job_store.cpp": r"(?:std::string\()?where\b",
    "server/sql/migrate.cpp": r"line\b",  # of schema/, which the program carries
    "server/sql/round_store.cpp": r"marks_of_customer\(|numbers\b",
    "server/sql/people_store.cpp": r"(?:std::string\()?assignment\b",
    # Columns of the catalogue. What people typed is called prefix, value or filter.values there.
    "server/sql/query_compiler.cpp": r"(?:std::string\()?(?:text_of\(|expression\(|text\b|first\b|groups\b|names\b|std::string\(names|bound_condition\b|limit\b|before\b|filter\.(?:op|tree)\b)",
    "server/sql/scope_sql.cpp": r"alias\b|before\b|term\.tree\b",
    "server/sql/settings_store.cpp": r"(?:std::string\()?assignments\b|tail\b",
}
BIND_IT = "bind it (SqlText::value, named(), BulkInsert), or, if it is the program's own text, name it in OWN_SQL_TEXT"


def statements(path, text):
    """SQL outside server/sql, and values written into a statement instead of being bound to it."""
    if not is_cpp(path) or not path.startswith(("shared/", "server/", "client/")):
        return
    code = re.sub(r"//[^\n]*|/\*.*?\*/", blank, text, flags=re.S)
    if path == "server/sql/url.cpp":
        return  # addresses, not statements
    if not path.startswith("server/sql/"):
        for match in re.finditer(TEXT, code):
            if STATEMENT.match(match[0]):
                yield line_of(code, match.start()), f"{match[0][:40]}: statements are written in server/sql alone"
        return
    for match in re.finditer(r"\b(fmt::format|std::format|snprintf|sprintf|ostringstream|stringstream)\b", code):
        yield line_of(code, match.start()), f"{match[0]}: {BIND_IT}"
    own = "|".join(filter(None, [NUMBER_OR_CONSTANT, OWN_SQL_TEXT.get(path)]))
    for match in re.finditer(rf"({TEXT})\s*\+\s*(?!\")([^;]{{1,60}})", code):
        if SQL_WORDS.search(match[1]) and not re.match(own, match[2]):
            yield line_of(code, match.start()), f"'{match[2].split()[0]}' stands in a statement: {BIND_IT}"
    for match in re.finditer(r"\b(?:sql|statement_?)(?:\.text)?\s*(?:\+=|\.append\()\s*(?!\")([\w:.(]+)", code):
        if not re.match(own + r"|(?:mariadb_?|or_equal|order\.descending)\b", match[1]):
            yield line_of(code, match.start()), f"'{match[1]}' stands in a statement: {BIND_IT}"
    for match in re.finditer(TEXT, code):
        if match[0].count("'") % 2 and path != "server/sql/session.cpp":
            yield line_of(code, match.start()), f"{match[0][:40]} quotes a value by hand: {BIND_IT}"


REWRITTEN = re.compile(r"\b(?:update|delete\s+from|replace\s+into)\s+(adjustment|audit|batch|batch_flow|batch_unit|handover|lock_event|partition_trace|round_event)\b([^\"]*)", re.I)


def append_only(path, text):
    """A statement that changes or takes away what is written down once and for all; marking an entry of the trail as undone is none."""
    if path.startswith("server/sql/") and is_cpp(path):
        for match in REWRITTEN.finditer(re.sub(r"//[^\n]*", blank, text)):
            if not (match[1] == "audit" and match[2].startswith(" set undone_by = :undone_by where")):
                yield line_of(text, match.start()), f"{match[0].strip()[:40]}: {match[1]} is only ever added to"


GUARDS = ("User=qudao", "EnvironmentFile=/etc/qudao/environment", "CapabilityBoundingSet=", "NoNewPrivileges=yes", "ProtectSystem=strict", "IPAddressDeny=any", "IPAddressAllow=localhost")


def service_units(path, text):
    """A service that could reach another machine, had powers or an account it does not need."""
    if path.startswith("server/deploy/") and path.endswith(".service"):
        lines = text.splitlines()
        for guard in GUARDS:
            name = guard.split("=")[0] + "="
            if [line for line in lines if line.startswith(name)] != [guard]:
                yield 1, f"{name} is not as {guard}"


SECRET = r"\w*(?:password|token|secret|csrf|digest_of_key|key_hash)\w*"


def secret_comparisons(path, text):
    """A comparison of secrets whose duration tells where they differ."""
    if not is_cpp(path) or not path.startswith(("shared/api", "shared/service", "shared/memory", "server/")):
        return
    code = without_comments_and_strings(text)
    for match in re.finditer(rf"\b[\w.>()-]*?{SECRET}(?:\(\w*\))?\s*[!=]=\s*[\w(]|[!=]=\s*[\w.>-]*\b{SECRET}\b", code):
        if not re.search(r"Token::|Kind::|nullptr|std::string_view token|== token\)", code[match.start():match.end() + 12]):
            yield line_of(code, match.start()), f"{match[0].strip()[:50]}: secrets are compared with same_secret (shared/base/secret.hpp)"


PROCESSES = re.compile(r"\b(?:std::system|popen|posix_spawnp?|execv?p?e?|execlp?e?|v?fork|dlopen)\s*\(|(?<![\w.>:])system\s*\(")


def processes(path, text):
    """Another program started from this one."""
    if is_cpp(path) and path.startswith(("shared/", "server/", "client/")):
        code = without_comments_and_strings(text)
        for match in PROCESSES.finditer(code):
            yield line_of(code, match.start()), f"{match[0].strip()}: no other program is started, so that no input reaches a shell"


UNSAFE_SCRIPT = re.compile(r"\beval\s*\(|\bnew\s+Function\b|\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write(?:ln)?\b"
                           r"|\bset(?:Timeout|Interval)\s*\(\s*['\"`]|\bjavascript:")
UNSAFE_PAGE = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|<style\b|javascript:|https?://(?!www\.w3\.org/)|unsafe-inline|'unsafe-eval'")


def scripts(path, text):
    """What a strict content security policy forbids, so that nobody is tempted to loosen it."""
    if path.startswith(("web/", "client/")) and path.endswith((".js", ".mjs")):
        for match in UNSAFE_SCRIPT.finditer(text):
            yield line_of(text, match.start()), f"{match[0].strip()}: text is never run, nor read as HTML"
    if path.startswith("web/") and path.endswith((".html", ".svg")):
        for match in UNSAFE_PAGE.finditer(text):
            yield line_of(text, match.start()), f"{match[0].strip()}: the page holds no script, style or address of another site"
    if path.startswith(("client/", "web/")) and path not in ("client/platform/js/browser.js", "client/platform/js/kept.js", "web/loader.js"):
        for match in re.finditer(r"\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b", text):
            yield line_of(text, match.start()), f"{match[0]}: small settings are stored by client/platform/storage.hpp and read by the loader alone, unfinished work by kept.hpp"


REMOTE_MEMBER = re.compile(r"^\s+(?:Remote<.*>|PagedList|RemoteState)\s+(\w+)\s*(?:[;{=])", re.M)


def asked_for(path, text):
    """A view names all of its remote data in look(), or a list stays failed when the network has come back."""
    if not re.fullmatch(r"client/views/\w+/\w+_model\.hpp", path) or path.startswith("client/views/common/"):
        return
    code = without_comments_and_strings(text)
    look = re.search(r"void look\(const Model& model, AskedFor& asked\) \{\n(.*?)\n\}", code, re.S)
    for member in REMOTE_MEMBER.finditer(code):
        if not look or not re.search(rf"(?:\.|->){member[1]}\b", look[1]):
            yield line_of(code, member.start(1)), f"{member[1]} is not named in look(): it is neither waited for nor asked again"


FILE_RULES = [asked_for, includes, libraries, shared_calls, file_length, function_length, machine_text, cmake_lists, headers,
              visible_text, statements, append_only, service_units, secret_comparisons, processes, scripts]
