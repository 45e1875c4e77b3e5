#!/usr/bin/env python3
"""Writes the foreign workbooks and what must be read from them into a folder: make.py [--libxlsxwriter PROGRAM] FOLDER

Each writer's part is made again only when this folder's scripts have changed. A writer that is missing is named and left
out, but is an error where CI=true. FOLDER/manifest says what there is: file, a tab, then the file with the expected rows,
or the code with which it must be refused."""
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

import rows

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
MANY = 100_000


class Missing(Exception):
    pass


def openpyxl_cell(sheet, row, column, cell):
    if cell is None:
        return
    target = sheet.cell(row=row, column=column)
    if cell[0] == "formula":
        target.value = "=" + cell[1]
        return
    target.value = cell[1]
    if cell[0] == "text":
        target.data_type = "s"  # or "=1+1" would be a formula
    if cell[0] == "date":
        target.number_format = 'yyyy"年"m"月"d"日"'
    if cell[0] == "number" and cell[2]:
        target.number_format = cell[2]


def write_openpyxl(folder):
    try:
        import openpyxl
    except ImportError:
        raise Missing("openpyxl (Debian's python3-openpyxl)")
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title = "隐藏"
    hidden.append(rows.HEADER)
    hidden.append(["0771999999999", "x", "must not be read"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet(rows.SHEET)
    sheet.append(rows.HEADER)
    for row in rows.TRAPS:
        for column, cell in enumerate(row[1:4], 1):
            openpyxl_cell(sheet, row[0], column, cell)
        sheet.row_dimensions[row[0]].hidden = row[4]
    sheet.merge_cells(rows.MERGED)
    book.active = 1
    book.save(os.path.join(folder, "openpyxl-traps.xlsx"))

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(rows.SHEET)
    sheet.append(rows.HEADER)
    for code, target, note in rows.many(MANY):
        sheet.append([code, target, note or None])
    book.save(os.path.join(folder, "openpyxl-100k.xlsx"))
    return [("openpyxl-traps.xlsx", "traps-uncomputed.expected"), ("openpyxl-100k.xlsx", "100k.expected")]


def libreoffice(folder, source, target, kind, *more):
    """Has LibreOffice convert a file of the folder."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise Missing("LibreOffice (Debian's libreoffice-calc-nogui)")
    with tempfile.TemporaryDirectory() as home:
        profile = "-env:UserInstallation=file://" + os.path.join(home, "profile")
        subprocess.run([program, profile, "--headless", "--convert-to", kind, *more, "--outdir", home,
                        os.path.join(folder, source)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=1200)
        name = os.path.splitext(os.path.basename(source))[0] + "." + kind.split(":")[0]
        shutil.move(os.path.join(home, name), os.path.join(folder, target))


def write_libreoffice(folder):
    with open(os.path.join(folder, "many.csv"), "w", encoding="utf-8") as out:
        out.write(",".join(rows.HEADER) + "\n")
        out.writelines(f"{code},{target},{note}\n" for code, target, note in rows.many(MANY))
    made = [("many.csv", "100k.expected")]
    xlsx = "xlsx:Calc MS Excel 2007 XML"
    as_text = "--infilter=CSV:44,34,76,1,1/2/2/2/3/2"  # UTF-8, columns as text
    libreoffice(folder, "many.csv", "libreoffice-100k.xlsx", xlsx, as_text)
    made.append(("libreoffice-100k.xlsx", "100k.expected"))
    if not os.path.exists(os.path.join(folder, "openpyxl-traps.xlsx")):
        return made
    for target, kind, result in (("libreoffice-traps.xlsx", xlsx, "traps.expected"),
                                 ("libreoffice-traps.ods", "ods", "workbook.other_format"),
                                 ("libreoffice-traps.xls", "xls:MS Excel 97", "workbook.old_xls"),
                                 ("libreoffice-traps.html", "html", "workbook.html"),
                                 ("libreoffice-traps.pdf", "pdf", "workbook.not_a_workbook")):
        libreoffice(folder, "openpyxl-traps.xlsx", target, kind)
        made.append((target, result))
    return made


def write_sheetjs(folder):
    tools = subprocess.run([os.path.join(TOP, "toolchains/node-tools")], stdout=subprocess.PIPE, text=True)
    node = shutil.which("node") or shutil.which("nodejs")
    if tools.returncode or not node:
        raise Missing("SheetJS (npm, by toolchains/node-tools)")
    environment = {**os.environ, "NODE_PATH": os.path.join(tools.stdout.strip(), "node_modules")}
    import json
    data = {"header": rows.HEADER, "sheet": rows.SHEET, "many": list(rows.many(MANY)), "merged": rows.MERGED,
            "traps": [[row[0], [cell and [str(v) if cell[0] == "date" else v for v in cell] for cell in row[1:4]], row[4]]
                      for row in rows.TRAPS]}
    subprocess.run([node, os.path.join(HERE, "sheetjs.js"), folder], check=True, input=json.dumps(data), text=True,
                   env=environment)
    return [("sheetjs-traps.xlsx", "traps-unescaped.expected"), ("sheetjs-traps-inline.xlsx", "traps-unescaped.expected"),
            ("sheetjs-100k.xlsx", "100k.expected"), ("sheetjs-traps.xlsb", "workbook.other_format"),
            ("sheetjs-traps.xls", "workbook.old_xls"), ("sheetjs-traps.fods", "workbook.other_format"),
            ("sheetjs-traps.xml", "workbook.other_format")]


def write_libxlsxwriter(program, folder):
    if not program:  # the WASM build has none, and takes what the native one made
        raise Missing("libxlsxwriter (Debian's libxlsxwriter-dev)")
    lines = []
    for row in rows.TRAPS:
        cells = []
        for cell in row[1:4]:
            kind, value, more = (list(cell) + [None, None])[:3] if cell else ("none", "", None)
            cells += [kind, str(value).replace("\n", "\\n"), str(more if more is not None else "")]
        lines.append("\t".join([str(row[0]), str(int(row[4]))] + cells))
    subprocess.run([program, folder], check=True, input="\n".join(lines), text=True)
    return [("libxlsxwriter-traps.xlsx", "traps-unescaped.expected"), ("libxlsxwriter-constant.xlsx", "traps-unescaped.expected")]


def write_texts(folder):
    """The .csv files a Chinese office has, and the expectations all writers share."""
    def put(name, content, encoding="utf-8"):
        with open(os.path.join(folder, name), "w", encoding=encoding, newline="") as out:
            out.write(content)
    put("traps.expected", rows.expected(True, True))
    put("traps-unescaped.expected", rows.expected(True, False))
    put("traps-uncomputed.expected", rows.expected(False, False))
    head = "#\thidden=0\trestored=0\tmerged=0\tuncomputed=0\thidden_sheets=0"
    put("100k.expected", "\n".join([head] + ["\t".join([str(i), code, target, note, "none"]) for i, (code, target, note)
                                             in enumerate(rows.many(MANY), 2)]) + "\n")
    few = list(rows.many(500))
    content = "\r\n".join(",".join(line) for line in [rows.HEADER] + few) + "\r\n"
    put("few.expected", "\n".join([head] + ["\t".join([str(i), *row, "none"]) for i, row in enumerate(few, 2)]) + "\n")
    put("utf8.csv", content)
    put("utf8-bom.csv", content, "utf-8-sig")
    put("gbk.csv", content, "gbk")
    put("unicode-text.csv", content.replace(",", "\t"), "utf-16")
    return [(name, "few.expected") for name in ("utf8.csv", "utf8-bom.csv", "gbk.csv", "unicode-text.csv")]


def made_of(folder, name, version, write):
    """What a writer's earlier run made, or a new run."""
    stamp = os.path.join(folder, name + ".made")
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            old, *made = file.read().splitlines()
        if old == version:
            return [tuple(line.split("\t")) for line in made]
    made = write(folder)
    with open(stamp, "w", encoding="utf-8") as file:
        file.write("\n".join([version] + ["\t".join(line) for line in made]))
    return made


def main():
    arguments = sys.argv[1:]
    program = None
    if arguments[0] == "--libxlsxwriter":
        program, arguments = arguments[1], arguments[2:]
    folder = os.path.abspath(arguments[0])
    os.makedirs(folder, exist_ok=True)
    digest = hashlib.sha256()
    for name in ("make.py", "rows.py", "sheetjs.js", "libxlsxwriter_books.cpp"):
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    version = digest.hexdigest()
    writers = [("texts", write_texts), ("openpyxl", write_openpyxl), ("libreoffice", write_libreoffice),
               ("sheetjs", write_sheetjs),
               ("libxlsxwriter", lambda to: write_libxlsxwriter(program, to))]
    with open(os.path.join(folder, "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two builds may come at once
        manifest, missing = [], []
        for name, write in writers:
            try:
                manifest += made_of(folder, name, version, write)
            except Missing as what:
                missing.append(str(what))
        with open(os.path.join(folder, "manifest"), "w", encoding="utf-8") as out:
            out.writelines("\t".join(line) + "\n" for line in manifest)
    for what in missing:
        print(f"foreign workbooks: {what} is missing; its workbooks are left out")
    return 1 if missing and os.environ.get("CI") == "true" else 0


sys.exit(main())
