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
