"""Real files through both `plan` programs: one demonstration, its snapshot, and workbooks by several writers, none of them
ours: LibreOffice, openpyxl, and csv by hand. A writer that is not installed is a visible skip."""
import csv
import os
import shutil
import subprocess

DAYS = {"open": "2026-11-18", "closed": "2026-11-05"}
CUSTOMERS, ROWS = "2000", "400"


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def make_snapshot(folder, native):
    database = "sqlite://" + os.path.join(folder, "demo.db")
    snapshot = os.path.join(folder, "snapshot")
    sample = os.path.join(folder, "sample.csv")
    os.mkdir(snapshot)
    for arguments in (["demo", "--db", database, "--customers", CUSTOMERS, "--sample", sample, "--sample-rows", ROWS],
                      ["snapshot", snapshot, "--db", database]):
        done = run(native("server/app/qudao") + arguments)
        if done.returncode != 0:
            return None, done.stderr.decode(errors="replace")
    return snapshot, sample


def rows_of(sample):
    with open(sample, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write_csvs(folder, rows):
    def write(name, encoding, separator, line_end):
        path = os.path.join(folder, name)
        with open(path, "w", encoding=encoding, errors="replace", newline="") as file:
            csv.writer(file, delimiter=separator, lineterminator=line_end).writerows(rows)
        return path
    return [write("plain.csv", "utf-8", ",", "\n"), write("gbk.csv", "gbk", ",", "\r\n"), write("utf16.txt", "utf-16", "\t", "\r\n"),
            write("semicolons.csv", "utf-8-sig", ";", "\r\n")]


def write_by_libreoffice(folder, rows):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        return None
    source = write_csvs(folder, rows)[0]
    home = os.path.join(folder, "office")
    made = []
    # Columns as text, then as LibreOffice guesses: codes become numbers and lose their zeros. 44,34: comma and quote; 76: UTF-8.
    for name, columns in (("text", "1/2/2/2/3/2"), ("guessed", "")):
        for kind in ("xlsx", "ods", "xls"):
            if kind != "xlsx" and name == "guessed":
                continue
            target = os.path.join(folder, f"libreoffice-{name}")
            os.makedirs(target, exist_ok=True)
            run([office, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", kind, "--outdir", target,
                 f"--infilter=CSV:44,34,76,1,{columns}", source], timeout=180)
            made.append(os.path.join(target, f"plain.{kind}"))
    return [path for path in made if os.path.exists(path)]


OPENPYXL = """
import csv, datetime, sys
import openpyxl
from openpyxl.styles import numbers
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))
folder = sys.argv[2]

def book(name, change, **options):
    made = openpyxl.Workbook(**options)
    sheet = made.active if not options else made.create_sheet("移动")
    change(made, sheet)
    made.save(f"{folder}/openpyxl-{name}.xlsx")

def as_text(made, sheet):
    for row in rows:
        sheet.append(row)

def as_numbers(made, sheet):
    as_text(made, sheet)
    for row in sheet.iter_rows(min_row=2, max_row=120):
        if row[0].value and row[0].value.isdigit():
            row[0].value = int(row[0].value)
        row[2].value = datetime.date(2026, 11, 18)
    for row in sheet.iter_rows(min_row=121, max_row=140):
        row[0].number_format = "0.00E+00"
        if row[0].value and row[0].value.isdigit():
            row[0].value = int(row[0].value)

def with_traps(made, sheet):
    sheet.title = "说明"
    sheet.append(["请先阅读"])
    moves = made.create_sheet("移动")
    as_text(made, moves)
    made.create_sheet("藏").sheet_state = "hidden"
    for hidden in (5, 9, 10):
        moves.row_dimensions[hidden].hidden = True
    moves.merge_cells("C20:C22")
    moves["A30"] = "=A29"
    moves["C31"] = "=1/0"
    moves["A40"] = "\\u3000" + str(moves["A40"].value) + "\\u00a0"

book("text", as_text)
book("stream", as_text, write_only=True)
book("numbers", as_numbers)
book("traps", with_traps)
"""


def write_by_openpyxl(folder, rows):
    python = "/usr/bin/python3"
    if run([python, "-c", "import openpyxl"]).returncode != 0:
        return None
    source = write_csvs(folder, rows)[0]
    done = run([python, "-c", OPENPYXL, source, folder])
    if done.returncode != 0:
        print(done.stderr.decode())
    return [path for name in ("text", "stream", "numbers", "traps") if os.path.exists(path := os.path.join(folder, f"openpyxl-{name}.xlsx"))]


def write_damaged(folder, whole):
    with open(whole, "rb") as file:
        content = file.read()
    made = []
    for name, damaged in (("empty.xlsx", b""), ("half.xlsx", content[:len(content) // 2]), ("tail.xlsx", content[:-30]),
                          ("flipped.xlsx", content[:900] + bytes([content[900] ^ 0x55]) + content[901:]), ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + content),
                          ("page.xlsx", b"<html><table><tr><td>1</td></tr></table></html>")):
        made.append(os.path.join(folder, name))
        with open(made[-1], "wb") as file:
            file.write(damaged)
    return made


def said_by(program, snapshot, path, day, actor, json):
    done = run(program + ["--snapshot", snapshot, "--workbook", path, "--day", DAYS[day], "--actor", actor] + (["--json"] if json else []))
    return done.returncode, done.stdout, done.stderr


def compare_one(tally, programs, snapshot, path, day, actor, json):
    said = [said_by(program, snapshot, path, day, actor, json) for program in programs]
    code, out, error = said[0]
    same = all(other == said[0] for other in said)
    first = (error or out).decode(errors="replace").splitlines()
    what = f"{os.path.basename(path)}, {day}, {actor}{', json' if json else ''}: exit {code}, {len(out)} bytes"
    tally.check(same and code in (0, 1), what + (f", {first[0][:70]}" if code else ""))
    if not same:
        for program, (code, out, error) in zip(programs, said):
            print(f"    {' '.join(program)[-60:]}: exit {code}, {len(out)} bytes, {error.decode(errors='replace')[:300]}")


def foreign(top):
    """The workbooks of tests/workbooks: every trap, by four writers, and 100,000 rows."""
    folder = os.path.join(top, "build", "workbooks")
    try:
        with open(os.path.join(folder, "manifest"), encoding="utf-8") as file:
            return [os.path.join(folder, line.split("\t")[0]) for line in file]
    except FileNotFoundError:
        return []


def compare(tally, folder, top, native, wasm):
    snapshot, sample = make_snapshot(folder, native)
    if snapshot is None:
        tally.check(False, "a demonstration and its snapshot: " + sample)
        return
    rows = rows_of(sample)
    print(f"real files: {len(rows) - 1} rows over {CUSTOMERS} customers", flush=True)
    paths = write_csvs(folder, rows)
    # All the ways to ask; the server's program and the script start the same two below.
    everywhere = [native("server/app/qudao") + ["plan"], native("shared/plan"), wasm("shared/plan"), [os.path.join(top, "toolchains", "plan-wasm")]]
    for json in (True, False):
        compare_one(tally, everywhere, snapshot, paths[0], "open", "qudao_admin", json)
    question = ["--workbook", paths[0], "--day", DAYS["open"], "--actor", "qudao_admin", "--json"]
    asked = [run(native("server/app/qudao") + ["plan"] + where + question).stdout
             for where in (["--db", "sqlite://" + os.path.join(folder, "demo.db")], ["--snapshot", snapshot])]
    tally.check(asked[0] == asked[1] != b"", "qudao plan says the same of a database and of its snapshot")
    programs = everywhere[1:3]
    for writer, write in (("LibreOffice", write_by_libreoffice), ("openpyxl", write_by_openpyxl)):
        made = write(folder, rows)
        if made is None:
            tally.skip(f"workbooks of {writer}: it is not installed (toolchains/setup test)")
        else:
            tally.check(len(made) > 0, f"{writer} wrote {len(made)} files")
            paths += made
    whole = next((path for path in paths if path.endswith(".xlsx")), paths[0])
    paths += write_damaged(folder, whole)
    more = foreign(top)
    tally.check(len(more) > 0, f"{len(more)} foreign workbooks in build/workbooks")
    for at, path in enumerate(paths + more):
        compare_one(tally, programs, snapshot, path, "open", "qudao_admin", True)
        if at % 3 == 0:
            compare_one(tally, programs, snapshot, path, "closed", "nn_public", False)
    nowhere = os.path.join(folder, "nowhere.xlsx")
    for path, files in ((folder, snapshot), (nowhere, snapshot), (paths[0], folder), (paths[0], nowhere)):
        compare_one(tally, everywhere[1:], files, path, "open", "qudao_admin", False)
    said = run(everywhere[0] + ["--snapshot", snapshot, "--workbook", folder, "--day", DAYS["open"], "--actor", "qudao_admin"])
    tally.check(said.returncode == 1 and b"plan.file" in said.stderr, "qudao plan of a folder is refused")
    compare_one(tally, programs, snapshot, paths[0], "open", "nobody", False)
    compare_one(tally, programs, snapshot, paths[0], "open", "cm_qx01", False)
