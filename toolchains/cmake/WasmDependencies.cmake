# zlib for WASM: a small plain target over Debian's source.

foreach(package IN ITEMS imgui zlib)
  if(NOT EXISTS "${QUDAO_DEPS}/${package}/.version")
    message(STATUS "sources of ${package} are not there yet: running toolchains/fetch-sources")
    execute_process(COMMAND "${PROJECT_SOURCE_DIR}/toolchains/fetch-sources" COMMAND_ERROR_IS_FATAL ANY)
    break()
  endif()
endforeach()

set(zlib_root "${QUDAO_DEPS}/zlib")
add_library(qudao_wasm_zlib STATIC EXCLUDE_FROM_ALL
  "${zlib_root}/adler32.c" "${zlib_root}/compress.c" "${zlib_root}/crc32.c" "${zlib_root}/deflate.c"
  "${zlib_root}/infback.c" "${zlib_root}/inffast.c" "${zlib_root}/inflate.c" "${zlib_root}/inftrees.c"
  "${zlib_root}/trees.c" "${zlib_root}/uncompr.c" "${zlib_root}/zutil.c")
target_compile_options(qudao_wasm_zlib PRIVATE -w)  # other people's code: its warnings are theirs
target_compile_definitions(qudao_wasm_zlib PRIVATE HAVE_UNISTD_H)
target_include_directories(qudao_wasm_zlib SYSTEM PUBLIC "${zlib_root}")
target_link_libraries(qudao_dep_zlib INTERFACE qudao_wasm_zlib)
