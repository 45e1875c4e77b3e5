# Dear ImGui 1.86 (pinned) from Debian's source package, patched at build (toolchains/patch_imgui.py): a hook
# that ImFont::FindGlyph calls for a character the atlas does not have yet, text on whole device pixels, and Tab between all kinds of items.

qudao_dep(imgui)
if(NOT EXISTS "${QUDAO_DEPS}/imgui/.version")
  return()  # a native build without it is fine; the WASM build has fetched it
endif()

set(imgui_root "${QUDAO_DEPS}/imgui")
set(imgui_patched "${PROJECT_BINARY_DIR}/generated/imgui")
foreach(file IN ITEMS imgui.cpp imgui_draw.cpp)
  add_custom_command(
    OUTPUT "${imgui_patched}/${file}"
    COMMAND /usr/bin/python3 "${PROJECT_SOURCE_DIR}/toolchains/patch_imgui.py"
            "${imgui_root}/${file}" "${imgui_patched}/${file}"
    DEPENDS "${PROJECT_SOURCE_DIR}/toolchains/patch_imgui.py" "${imgui_root}/${file}"
    VERBATIM)
endforeach()

add_library(qudao_imgui STATIC EXCLUDE_FROM_ALL
  "${imgui_patched}/imgui.cpp"
  "${imgui_patched}/imgui_draw.cpp"
  "${imgui_root}/imgui_tables.cpp"
  "${imgui_root}/imgui_widgets.cpp")
target_include_directories(qudao_imgui SYSTEM PUBLIC "${imgui_root}")
target_compile_options(qudao_imgui PRIVATE -w)
# PUBLIC: everything that includes imgui.h must see the same layout.
target_compile_definitions(qudao_imgui PUBLIC
  IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_DISABLE_FILE_FUNCTIONS
  IMGUI_DISABLE_METRICS_WINDOW
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_ENABLE_TEST_ENGINE
  IMGUI_USE_WCHAR32)
target_link_libraries(qudao_dep_imgui INTERFACE qudao_imgui)
