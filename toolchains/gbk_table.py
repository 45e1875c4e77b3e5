#!/usr/bin/env python3
"""Writes the GBK decoding table as C++ (no namespace): kGbkToUnicode[126 * 190], 0 where undefined,
indexed by (lead - 0x81) * 190 + (trail - 0x40 - (trail > 0x7F)).

One table for native and WASM: glibc's iconv and a browser differ on some two-byte codes."""
import os
import sys


def code_point(lead, trail):
    try:
        text = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return 0
    return ord(text) if len(text) == 1 and ord(text) <= 0xFFFF else 0


def main():
    target = sys.argv[1]
    table = [code_point(lead, trail)
             for lead in range(0x81, 0xFF)
             for trail in range(0x40, 0xFF) if trail != 0x7F]
    assert len(table) == 126 * 190
    assert table[(0xC4 - 0x81) * 190 + (0xCF - 0x40 - 1)] == ord("南")
    lines = ["// Made by toolchains/gbk_table.py; do not edit.",
             "inline constexpr std::uint16_t kGbkToUnicode[126 * 190] = {"]
    for start in range(0, len(table), 16):
        lines.append(" ".join(f"0x{value:04X}," for value in table[start:start + 16]))
    lines.append("};")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="ascii") as out:
        out.write("\n".join(lines) + "\n")


main()
