#!/usr/bin/env python3
"""Copies imgui_draw.cpp or imgui.cpp of Dear ImGui 1.86 with our changes.

ImFont::FindGlyph tells `qudao_glyph_miss` (null unless the platform sets it) of every character it has no
glyph for, so that the platform can add the glyph before the next frame.
ImFont::RenderText and RenderChar start text on a device pixel instead of a CSS pixel, for `qudao_text_density`
device pixels to one: at 125 % every other text would be blurred.
Tab goes on from whatever has the keyboard's focus, not only from a text field being edited.

Declare them where they are set:
  extern void (*qudao_glyph_miss)(const ImFont*, ImWchar);
  extern float qudao_text_density;"""
import os
import sys

HEAD = "const ImFontGlyph* ImFont::FindGlyph(ImWchar c) const\n"
MISS = "return FallbackGlyph;"
SNAPS = ("pos.x = IM_FLOOR(pos.x);", "pos.y = IM_FLOOR(pos.y);")
TAB = "g.IO.KeyShift ? -1 : (g.ActiveId == 0) ? 0 : +1;"
TAB_FROM_ANYWHERE = "g.IO.KeyShift ? -1 : (g.ActiveId == 0 && g.NavDisableHighlight) ? 0 : +1;"
HOOK = "{ if (qudao_glyph_miss) qudao_glyph_miss(this, c); return FallbackGlyph; }"


def patch_draw(text):
    start = text.index(HEAD)
    end = text.index("\n}\n", start)
    body = text[start:end]
    if body.count(MISS) != 2:
        return None
    patched = text[:start] + (
        "void (*qudao_glyph_miss)(const ImFont*, ImWchar) = nullptr;\nfloat qudao_text_density = 1.0f;\n\n")
    patched += body.replace(MISS, HOOK) + text[end:]
    for snap in SNAPS:
        if patched.count(snap) != 2:
            return None
        axis = snap[:5]
        patched = patched.replace(
            snap, f"{axis} = ImFloorSigned({axis} * qudao_text_density + 0.5f) / qudao_text_density;")
    return patched


def patch_navigation(text):
    return text.replace(TAB, TAB_FROM_ANYWHERE) if text.count(TAB) == 1 else None


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        text = file.read()
    patched = patch_draw(text) if source.endswith("imgui_draw.cpp") else patch_navigation(text)
    if patched is None:
        sys.exit(f"{source}: not as in ImGui 1.86")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write(patched)


main()
