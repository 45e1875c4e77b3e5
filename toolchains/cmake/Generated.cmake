# Files made at build time from data the machine already has. Link gen::<name> to use one.

find_program(QUDAO_PYTHON NAMES /usr/bin/python3 python3 REQUIRED NO_CMAKE_FIND_ROOT_PATH)
set(QUDAO_GENERATED "${PROJECT_BINARY_DIR}/generated")

# gen::gbk_table: `#include "gbk_table.inc"` for kGbkToUnicode.
add_custom_command(
  OUTPUT "${QUDAO_GENERATED}/gbk_table.inc"
  COMMAND "${QUDAO_PYTHON}" "${PROJECT_SOURCE_DIR}/toolchains/gbk_table.py" "${QUDAO_GENERATED}/gbk_table.inc"
  DEPENDS "${PROJECT_SOURCE_DIR}/toolchains/gbk_table.py"
  VERBATIM)
add_custom_target(qudao_gbk_table DEPENDS "${QUDAO_GENERATED}/gbk_table.inc")
add_library(qudao_gen_gbk_table INTERFACE)
target_include_directories(qudao_gen_gbk_table SYSTEM INTERFACE "${QUDAO_GENERATED}")
add_dependencies(qudao_gen_gbk_table qudao_gbk_table)
add_library(gen::gbk_table ALIAS qudao_gen_gbk_table)

# qudao_precompress(target FILES a b): .br and .gz beside each file (made by other rules), as part of `target`.
function(qudao_precompress target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FILES")
  set(outputs)
  foreach(file IN LISTS arg_FILES)
    add_custom_command(
      OUTPUT "${file}.br" "${file}.gz"
      COMMAND /usr/bin/python3 "${PROJECT_SOURCE_DIR}/toolchains/precompress.py" "${file}"
      DEPENDS "${file}" "${PROJECT_SOURCE_DIR}/toolchains/precompress.py"
      VERBATIM)
    list(APPEND outputs "${file}.br" "${file}.gz")
  endforeach()
  add_custom_target(${target} ALL DEPENDS ${outputs})
endfunction()

# The interface font and its licence, in ${QUDAO_WEB}/fonts; the target is qudao_font.
set(QUDAO_WEB "${PROJECT_BINARY_DIR}/web")
if(EMSCRIPTEN)
  set(font "${QUDAO_WEB}/fonts/qudao-sans.ttf")
  add_custom_command(
    OUTPUT "${font}" "${QUDAO_WEB}/fonts/LICENSE.txt"
    COMMAND /usr/bin/python3 "${PROJECT_SOURCE_DIR}/toolchains/subset_font.py" "${font}"
    COMMAND ${CMAKE_COMMAND} -E copy /usr/share/doc/fonts-wqy-microhei/copyright "${QUDAO_WEB}/fonts/LICENSE.txt"
    DEPENDS "${PROJECT_SOURCE_DIR}/toolchains/subset_font.py"
    VERBATIM)
  qudao_precompress(qudao_font FILES "${font}")
endif()
