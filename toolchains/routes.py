#!/usr/bin/env python3
"""Reads name, method and path of every use case from the table's sources and writes them as C++: routes.py OUT TABLE...

The page looks up where its calls go; the table itself would bring it all of the server's handlers. The lines read are
`get("name", "path", ...` and `post("name", "path", ...`, each followed by its method where it is another, after `reading(` where
it changes nothing. A unit test holds
what comes of it to the table."""
import pathlib
import re
import sys

LINE = re.compile(r'\b(get|post)\(\s*"([a-z_0-9.]+)",\s*"(/api/[^"]*)"')
OTHER = re.compile(r"\bMethod::(\w+)")


def routes(text):
    found = list(LINE.finditer(text))
    for at, line in enumerate(found):
        rest = text[line.end():found[at + 1].start() if at + 1 < len(found) else len(text)]
        other = OTHER.search(rest)
        before = text[text.rfind("\n", 0, line.start()) + 1:line.start()]
        yield line[2], other[1] if other else line[1], line[3], "reading(" in before


def main(out, tables):
    every = sorted(route for table in tables for route in routes(pathlib.Path(table).read_text(encoding="utf-8")))
    lines = [f'    {{"{name}", Method::{method}, "{path}", {str(reads).lower()}}},\n' for name, method, path, reads in every]
    pathlib.Path(out).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 3 or any(argument.startswith("-") for argument in sys.argv[1:]):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
