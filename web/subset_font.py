#!/usr/bin/env python3
"""The font on the wire: WenQuanYi Micro Hei (Apache-2.0, or GPL-3 with the font exception) reduced to the
characters of GB2312, Latin-1 and a few signs, without hints or layout tables (the client uses neither).
Rarer characters are drawn by the browser with the system's fonts."""
import subprocess
import sys

EXTRA = "←↑→↓−×÷±≤≥≠≈·•…—–‘’“”‰′″℃€£¥©®™✓✗①②③④⑤⑥⑦⑧⑨⑩"


def characters():
    chars = {chr(c) for c in range(0x20, 0x7F)} | {chr(c) for c in range(0xA0, 0x100)} | set(EXTRA)
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                chars.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    return chars


def main():
    source, target = sys.argv[1:]
    unicodes = ",".join(f"{ord(c):x}" for c in sorted(characters()))
    listing = target + ".unicodes"
    with open(listing, "w", encoding="ascii") as file:
        file.write(unicodes)
    subprocess.run(
        ["pyftsubset", source, "--font-number=0", f"--unicodes-file={listing}", f"--output-file={target}",
         "--no-hinting", "--layout-features=", "--drop-tables+=GSUB,GPOS,GDEF,kern,vhea,vmtx",
         "--name-IDs=0,1,2,13,14", "--notdef-outline", "--ignore-missing-unicodes"],
        check=True)


main()
