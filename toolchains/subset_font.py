#!/usr/bin/python3
"""Cuts the interface font out of Debian's wqy-microhei: the 6,763 characters of GB2312, Latin, Chinese
punctuation, full-width forms and the few symbols the screens draw, as a plain sfnt for stb_truetype.
Rarer characters are drawn by the browser's own fonts, so that the download stays near half a megabyte.

Usage: subset_font.py OUTPUT.ttf"""
import os
import sys

from fontTools import subset

SOURCE = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
FACE = 0  # 1 is the monospaced face


def gb2312_characters():
    for lead in range(0xB0, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                yield ord(bytes((lead, trail)).decode("gb2312"))
            except UnicodeDecodeError:
                pass  # the five empty places at the end of the first level


def wanted():
    characters = set(gb2312_characters())
    assert len(characters) == 6763
    for first, last in ((0x20, 0x7E), (0xA0, 0xFF),   # ASCII, Latin-1
                        (0x2010, 0x2027), (0x2030, 0x203B),   # dashes, quotes, ellipsis, per mille
                        (0x2190, 0x2199), (0x2460, 0x2473),   # arrows, circled numbers
                        (0x2500, 0x257F), (0x2580, 0x25FF),   # box drawing, blocks and shapes
                        (0x3000, 0x301F), (0xFF01, 0xFF5E)):  # Chinese punctuation, full-width forms
        characters.update(range(first, last + 1))
    characters.update(map(ord, "€√≈≠≤≥∑∞★☆✓✔✕✗✘⚠￥￠"))
    characters.add(0xFFFD)
    return characters


def main():
    target = sys.argv[1]
    options = subset.Options()
    options.font_number = FACE
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence travels with the font
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "FFTM", "gasp", "vhea", "vmtx"]
    font = subset.load_font(SOURCE, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    os.makedirs(os.path.dirname(os.path.abspath(target)), exist_ok=True)
    subset.save_font(font, target, options)
    missing = sorted(set(gb2312_characters()) - set(font.getBestCmap()))
    if missing:
        sys.exit(f"{SOURCE} lacks {len(missing)} characters of GB2312")


main()
