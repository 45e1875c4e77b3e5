#!/usr/bin/env python3
"""Copies imgui_draw.cpp of Dear ImGui 1.86 with two changes.

ImFont::FindGlyph tells `qudao_glyph_miss` (null unless the platform sets it) of every character it has no
glyph for, so that the platform can add the glyph before the next frame.
ImFont::RenderText and RenderChar start text on a device pixel instead of a CSS pixel, for `qudao_text_density`
device pixels to one: at 125 % every other text would be blurred.

Declare them where they are set:
  extern void (*qudao_glyph_miss)(const ImFont*, ImWchar);
  extern float qudao_text_density;"""
import os
import sys

HEAD = "const ImFontGlyph* ImFont::FindGlyph(ImWchar c) const\n"
MISS = "return FallbackGlyph;"
SNAPS = ("pos.x = IM_FLOOR(pos.x);", "pos.y = IM_FLOOR(pos.y);")
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
    patched = text[:start] + (
        "void (*qudao_glyph_miss)(const ImFont*, ImWchar) = nullptr;\nfloat qudao_text_density = 1.0f;\n\n")
    patched += body.replace(MISS, HOOK) + text[end:]
    for snap in SNAPS:
        if patched.count(snap) != 2:
            sys.exit(f"{source}: text does not start where ImGui 1.86 starts it")
        axis = snap[:5]
        patched = patched.replace(
            snap, f"{axis} = ImFloorSigned({axis} * qudao_text_density + 0.5f) / qudao_text_density;")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write(patched)


main()
