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

# gen::api_routes: `#include "api_routes.inc"`, the lines of api::Route. A table missing here fails a unit test.
set(QUDAO_USE_CASE_TABLES
  "${PROJECT_SOURCE_DIR}/shared/api/administration_use_cases.cpp"
  "${PROJECT_SOURCE_DIR}/shared/api/feed_use_cases.cpp"
  "${PROJECT_SOURCE_DIR}/shared/api/round_use_cases.cpp"
  "${PROJECT_SOURCE_DIR}/shared/api/use_case.cpp")
add_custom_command(
  OUTPUT "${QUDAO_GENERATED}/api_routes.inc"
  COMMAND "${QUDAO_PYTHON}" "${PROJECT_SOURCE_DIR}/toolchains/routes.py" "${QUDAO_GENERATED}/api_routes.inc" ${QUDAO_USE_CASE_TABLES}
  DEPENDS "${PROJECT_SOURCE_DIR}/toolchains/routes.py" ${QUDAO_USE_CASE_TABLES}
  VERBATIM)
add_custom_target(qudao_api_routes DEPENDS "${QUDAO_GENERATED}/api_routes.inc")
add_library(qudao_gen_api_routes INTERFACE)
target_include_directories(qudao_gen_api_routes SYSTEM INTERFACE "${QUDAO_GENERATED}")
add_dependencies(qudao_gen_api_routes qudao_api_routes)
add_library(gen::api_routes ALIAS qudao_gen_api_routes)

# gen::pinyin_table: `#include "pinyin_table.inc"` for kInitials, from the Unicode Han database of Debian's unicode-data.
find_file(QUDAO_UNIHAN Unihan_Readings.txt.bz2 PATHS /usr/share/unicode NO_CMAKE_FIND_ROOT_PATH REQUIRED)
add_custom_command(
  OUTPUT "${QUDAO_GENERATED}/pinyin_table.inc"
  COMMAND "${QUDAO_PYTHON}" "${PROJECT_SOURCE_DIR}/toolchains/pinyin_table.py" "${QUDAO_UNIHAN}" "${QUDAO_GENERATED}/pinyin_table.inc"
  DEPENDS "${PROJECT_SOURCE_DIR}/toolchains/pinyin_table.py"
  VERBATIM)
add_custom_target(qudao_pinyin_table DEPENDS "${QUDAO_GENERATED}/pinyin_table.inc")
add_library(qudao_gen_pinyin_table INTERFACE)
target_include_directories(qudao_gen_pinyin_table SYSTEM INTERFACE "${QUDAO_GENERATED}")
add_dependencies(qudao_gen_pinyin_table qudao_pinyin_table)
add_library(gen::pinyin_table ALIAS qudao_gen_pinyin_table)

# gen::common_passwords: `#include "common_passwords.inc"` for kCommonPasswords, from the list of Debian's john-data.
find_file(QUDAO_PASSWORD_LIST password.lst PATHS /usr/share/john NO_CMAKE_FIND_ROOT_PATH REQUIRED)
add_custom_command(
  OUTPUT "${QUDAO_GENERATED}/common_passwords.inc"
  COMMAND "${QUDAO_PYTHON}" "${PROJECT_SOURCE_DIR}/toolchains/common_passwords.py" "${QUDAO_PASSWORD_LIST}" "${QUDAO_GENERATED}/common_passwords.inc"
  DEPENDS "${PROJECT_SOURCE_DIR}/toolchains/common_passwords.py"
  VERBATIM)
add_custom_target(qudao_common_passwords DEPENDS "${QUDAO_GENERATED}/common_passwords.inc")
add_library(qudao_gen_common_passwords INTERFACE)
target_include_directories(qudao_gen_common_passwords SYSTEM INTERFACE "${QUDAO_GENERATED}")
add_dependencies(qudao_gen_common_passwords qudao_common_passwords)
add_library(gen::common_passwords ALIAS qudao_gen_common_passwords)
