"""What stands in the foreign workbooks and what must be read from them: the traps of real workbooks, row by row.

A cell is (kind, value[, more]): text, number (with an optional format), date, bool, error, formula (with its stored
result). A row is its number, three cells, whether it is hidden, and what read_moves must say of it."""
import datetime

HEADER = ["客户编码", "目标单位编码", "备注"]
SHEET = "移动 清单"
LONG = "长" * 255
TOO_LONG = "长" * 256


def text(value):
    return ("text", value)


def number(value, number_format=None):
    return ("number", value, number_format)


def date(value):
    return ("date", value)


def formula(code, result):
    return ("formula", code, result)


# (row, code, target, note, hidden, expected code, expected target, expected note, expected defect)
TRAPS = [
    (2, text("0771000000001"), text("450103GZ0201"), text("搬迁至城东二片"), False,
     "0771000000001", "450103GZ0201", "搬迁至城东二片", "none"),
    (3, number(771000000002), text("450103GZ0201"), None, False, "0771000000002", "450103GZ0201", "", "none"),
    (4, number(771000000003.0), number(4501), number(12.5), False, "0771000000003", "4501", "12.5", "none"),
    (5, text("０７７１000000００４"), text(" 450103GZ0201\u00a0"), text("  前后空格　"), False,
     "0771000000004", "450103GZ0201", "前后空格", "none"),
    # row 6 is blank
    (7, text("7.71E+11"), text("450103GZ0201"), None, False, "7.71E+11", "450103GZ0201", "", "customer_code_bad"),
    (8, number(771000000000, "0.00E+00"), text("450103GZ0201"), None, False,
     "7.71E+11", "450103GZ0201", "", "customer_code_bad"),
    (9, number(450103197001011234), text("450103GZ0201"), None, False,
     "4.50103197001011E+17", "450103GZ0201", "", "customer_code_bad"),
    (10, number(771000000010, "0000000000000"), number(123, "000000"), date(datetime.date(2026, 11, 23)), True,
     "0771000000010", "000123", "2026-11-23", "none"),
    (11, formula('"0771"&"000000011"', "0771000000011"), formula("B2", "450103GZ0201"), formula("1+1", 2), False,
     "0771000000011", "450103GZ0201", "2", "none"),
    (12, None, text("450103GZ0201"), text("没有编码"), False, "", "450103GZ0201", "没有编码", "customer_code_missing"),
    (13, text("0771000000013"), None, ("bool", True), False, "0771000000013", "", "TRUE", "target_missing"),
    (14, ("error", "#N/A"), text("450103GZ0201"), None, False, "#N/A", "450103GZ0201", "", "customer_code_bad"),
    (15, text("0771000000015"), text("450103GZ0201"), text("<b>&amp;\"引号\"'😀𠮷 _x0041_"), True,
     "0771000000015", "450103GZ0201", "<b>&amp;\"引号\"'😀𠮷 _x0041_", "none"),
    (16, text("0771000000016"), text("450103GZ0201"), text("两行\n备注"), False,
     "0771000000016", "450103GZ0201", "两行 备注", "none"),
    (17, text("0771000000017"), text("450103GZ0201"), text(LONG), False, "0771000000017", "450103GZ0201", LONG, "none"),
    (18, text("0771000000018"), text("450103GZ0201"), text(TOO_LONG), False,
     "0771000000018", "450103GZ0201", TOO_LONG, "note_too_long"),
    (19, text("=1+1"), text("-450103"), text("@备注"), False, "=1+1", "-450103", "@备注", "customer_code_bad"),
    # B20:B21 are merged: the value stands in the first, the second row has none
    (20, text("0771000000020"), text("450103GZ0202"), None, False, "0771000000020", "450103GZ0202", "", "none"),
    (21, text("0771000000021"), None, None, False, "0771000000021", "", "", "target_missing"),
]
MERGED = "B20:B21"
RESTORED = 2  # rows 3 and 4 come as numbers without their zero


def expected(computed, escaped):
    """The lines foreign_test.cpp compares with. `computed`: the writer stores results of formulas; `escaped`: it knows that
    "_x0041_" as it stands means "A" to every reader (all but LibreOffice do not)."""
    lines = []
    hidden = uncomputed = 0
    for row in TRAPS:
        read = list(row[5:])
        for i, cell in enumerate(row[1:4]):
            if cell and cell[0] == "formula" and not computed:
                uncomputed += 1
                read[i] = "" if i == 2 else "="
                if i == 0:
                    read[3] = "customer_code_bad"
        hidden += row[4]
        lines.append("\t".join([str(row[0])] + read))
    head = f"#\tsheet={SHEET}\thidden={hidden}\trestored={RESTORED}\tmerged=1\tuncomputed={uncomputed}\thidden_sheets=1"
    text = "\n".join([head] + lines) + "\n"
    return text if escaped else text.replace("_x0041_", "A")


def many(count):
    """A hundred thousand plain rows, the same every time: (code, target, note)."""
    state = 1
    for i in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        note = "按%d号通知调整" % i if i % 3 == 0 else ""
        yield "0771%09d" % (i * 618033989 % 10**9), "450103GZ%04d" % (state >> 54), note
