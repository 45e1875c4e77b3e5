#!/usr/bin/env python3
"""Copies imgui_draw.cpp of Dear ImGui 1.86 with one hook added: ImFont::FindGlyph tells
`qudao_glyph_miss` (null unless the platform sets it) of every character it has no glyph for,
so that the platform can add the glyph before the next frame.

Declare it where it is set:  extern void (*qudao_glyph_miss)(const ImFont*, ImWchar);"""
import os
import sys

HEAD = "const ImFontGlyph* ImFont::FindGlyph(ImWchar c) const\n"
MISS = "return FallbackGlyph;"
HOOK = "{ if (qudao_glyph_miss) qudao_glyph_miss(this, c); return FallbackGlyph; }"


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        text = file.read()
    start = text.index(HEAD)
    end = text.index("\n}\n", start)
    body = text[start:end]
    if body.count(MISS) != 2:
        sys.exit(f"{source}: FindGlyph is not the one of ImGui 1.86")
    patched = text[:start] + "void (*qudao_glyph_miss)(const ImFont*, ImWchar) = nullptr;\n\n"
    patched += body.replace(MISS, HOOK) + text[end:]
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write(patched)


main()
