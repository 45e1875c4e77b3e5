"""The rules over the whole tree: each takes (files, read) and yields (path, message). Of one file: rules.py."""
import re

from rules import INCLUDE

TOP_LEVEL = {"CMakeLists.txt", "client", "server", "shared", "schema", "web", "toolchains", "tests", "README.md",
             "CMakePresets.json", "LICENSE"}


def top_level(files):
    """The top level stays what the design says (dotfiles aside)."""
    for name in sorted({path.split("/")[0] for path in files}):
        if not name.startswith(".") and name not in TOP_LEVEL:
            yield name, "has no place at the top level"


def own_header_first(files, read):
    """A source includes its own header before anything else, which shows that the header stands alone."""
    for path in files:
        own = path[:-4] + ".hpp"
        if path.endswith(".cpp") and own in files:
            first = INCLUDE.search(read(path))
            if not first or first[2] != own:
                yield path, f"does not include {own} first"


def unlisted(files, read):
    """Every C++ source is named in a CMakeLists of its folder or of one above it."""
    for path in files:
        if not path.endswith(".cpp"):
            continue
        parts = path.split("/")
        named = False
        for depth in range(len(parts) - 1, 0, -1):
            lists = "/".join(parts[:depth]) + "/CMakeLists.txt"
            if lists in files and re.search(r"(?<![\w./-])" + re.escape("/".join(parts[depth:])) + r"(?![\w./-])", read(lists)):
                named = True
                break
        if not named:
            yield path, "is in no CMakeLists.txt"


REQUIREMENTS = "server/deploy/asvs.md"


def test_is_in(name, path, text):
    """Whether a test of that name is in the file: a Python function, or the title of a C++ or browser test."""
    if path.endswith(".py"):
        return bool(re.search(rf"\bdef {re.escape(name)}\(|^class {re.escape(name)}\b", text, re.M))
    return f'"{name}"' in text or f"'{name}'" in text


def requirements(files, read):
    """In the table of security requirements each number stands once, and each file and test it names is there."""
    if REQUIREMENTS not in files:
        return
    seen = {}
    for number, line in enumerate(read(REQUIREMENTS).splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else [line]
        for mark in re.findall(r"\bV\d+\.\d+\.\d+\b", cells[0].split(":")[0]) if line.startswith(("|", "- V")) else []:
            if mark in seen:
                yield f"{REQUIREMENTS}:{number}", f"{mark} stands in line {seen[mark]}, too"
            seen[mark] = number
        named = None
        for word in re.findall(r"`([^`]+)`", cells[-1]):
            if "/" in word and " " not in word:
                named = word
                if not any(path == word or path.startswith(word.rstrip("/") + "/") for path in files):
                    yield f"{REQUIREMENTS}:{number}", f"{word} is not there"
                    named = None
            elif line.startswith("|") and named and not test_is_in(word, named, read(named)):
                yield f"{REQUIREMENTS}:{number}", f"{named} has no test '{word}'"


# What a store tells of customers, and thus to those who may see them only.
CUSTOMERS_IN = (r"\b(Arrear|Batch|BatchRows|Customer|CustomerColumns|CustomerId|LockEvent|OpenProposal|OrderInProgress|Page|PartitionTrace|PlaceChange"
                r"|RoundCustomers|RoundTargets|ServedSubscriber|Subscriber)\b")
STORE_CALL = re.compile(r"virtual\s+([^;(]+?)\s(\w+)\(([^;]*)\)(?:\s*const)?\s*=\s*0;")
LEAK_TEST = re.compile(r'^TEST_CASE\("[^"]*",\s*"[^"]*\[leaks\][^"]*"\)(.*?)(?=^TEST_CASE|\Z)', re.S | re.M)
# Told without a scope, and why that is right.
FOUND = "of a customer that was found within the scope"
ROUND = "for the round's own steps, which are taken for the whole province"
# By file and name: one of the same name in another store has to say for itself why.
WITHOUT_SCOPE = {
    ("feed", "arrear_conflicts"): "for who may see the feeds of the whole province",
    ("feed", "arrears_of"): FOUND,
    ("feed", "orders_of"): FOUND,
    ("feed", "subscribers_of"): FOUND,
    ("feed", "traces_of"): FOUND,
    ("move", "apply"): "the batch just made, to its author",
    ("round", "gathered"): ROUND,
    ("round", "given"): ROUND,
    ("round", "lock_events"): FOUND,
    ("round", "marks"): ROUND,
    ("round", "place_changes"): FOUND,
    ("round", "targets"): ROUND,
}


def leaks(files, read):
    """In the stores a scope is asked for by all that tells of customers, has no default, and has its leak test."""
    tested = "".join(body for path in files if path.startswith("tests/contract/") and path.endswith(".cpp") for body in LEAK_TEST.findall(read(path)))
    for path in files:
        store = re.fullmatch(r"shared/ports/(\w+)_store\.hpp", path)
        if not store:
            continue
        text = re.sub(r"//[^\n]*", "", read(path))
        calls = STORE_CALL.findall(text)
        for gone in sorted(name for of, name in WITHOUT_SCOPE if of == store[1] and name not in {call[1] for call in calls}):
            yield path, f"{gone} stands in WITHOUT_SCOPE and is gone"
        for returned, name, parameters in calls:
            if not re.search(r"\b(Scope|Viewer)\b", parameters):
                if re.search(CUSTOMERS_IN, returned) and (store[1], name) not in WITHOUT_SCOPE:
                    yield path, f"{name} tells of customers and takes no scope"
            elif re.search(r"\b(Scope|Viewer)\b[^,]*=", parameters):
                yield path, f"the scope of {name} has a default"
            elif not re.search(rf"[.>]{name}\(", tested):
                yield path, f"{name} has no leak test: a test case of tests/contract tagged [leaks] that calls it with every shape of scope"


def dependencies(files, read):
    """Each package that is installed, and each library that is compiled in, stands in the list of dependencies."""
    listed = "server/deploy/dependencies.md"
    if listed not in files or "toolchains/packages.txt" not in files:
        return
    named = set(re.findall(r"^\| `([^`]+)` \|", read(listed), re.M))
    wanted = {line.split()[1] for line in read("toolchains/packages.txt").splitlines() if line and not line.startswith("#")}
    wanted |= set(re.findall(r"^(?:pins=')?(\w+) \d[\d.]*'?$", read("toolchains/fetch-sources"), re.M)) if "toolchains/fetch-sources" in files else set()
    wanted |= set(re.findall(r'"([\w-]+)": "\d', read("tests/package.json"))) if "tests/package.json" in files else set()
    for name in sorted(wanted - named):
        yield listed, f"{name} is used and not listed"
    for name in sorted(named - wanted):
        yield listed, f"{name} is listed and not used"


TREE_RULES = {"top level": lambda files, _: top_level(files), "own header first": own_header_first, "unlisted": unlisted, "leaks": leaks,
              "requirements": requirements, "dependencies": dependencies}
