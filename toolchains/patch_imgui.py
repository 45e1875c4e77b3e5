#!/usr/bin/env python3
"""Copies imgui_draw.cpp or imgui.cpp of Dear ImGui 1.86 with our changes.

ImFont::FindGlyph tells `qudao_glyph_miss` (null unless the platform sets it) of every character it has no
glyph for, so that the platform can add the glyph before the next frame.
ImFont::RenderText and RenderChar start text on a device pixel instead of a CSS pixel, for `qudao_text_density`
device pixels to one: at 125 % every other text would be blurred.
Tab goes on from whatever has the keyboard's focus, not only from a text field being edited or a stop of Tab, and begins
anew where that is gone: another screen was opened, the row was scrolled away. (A text area is added twice under one id: once it was come by.)
Escape does not lead out of a child window that is flattened into its parent: it closes the popup around it.

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
STOP = "if (is_tab_stop || (g.NavMoveFlags & ImGuiNavMoveFlags_FocusApi))"
STOP_OR_FOCUSED = ("if (is_tab_stop || (g.NavMoveFlags & ImGuiNavMoveFlags_FocusApi)"
                   " || (g.NavId == id && g.NavTabbingDir != 0 && g.NavTabbingCounter != 1))")
WRAP = "if ((g.NavTabbingCounter == 1 || g.NavTabbingDir == 0) && g.NavTabbingResultFirst.ID)"
WRAP_OR_LOST = WRAP.replace("== 1", "== 1 || g.NavTabbingCounter < 0")
LEAVE = "else if (g.NavWindow && g.NavWindow != g.NavWindow->RootWindow && "
LEAVE_OWN = LEAVE + "!(g.NavWindow->Flags & ImGuiWindowFlags_NavFlattened) && "
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
    for found, ours in ((TAB, TAB_FROM_ANYWHERE), (STOP, STOP_OR_FOCUSED), (WRAP, WRAP_OR_LOST), (LEAVE, LEAVE_OWN)):
        if text.count(found) != 1:
            return None
        text = text.replace(found, ours)
    return text


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
