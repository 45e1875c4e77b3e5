# zlib, minizip, expat and libxlsxwriter for WASM, each a small plain target over Debian's source.

foreach(package IN ITEMS expat imgui libxlsxwriter zlib)
  if(NOT EXISTS "${QUDAO_DEPS}/${package}/.version")
    message(STATUS "sources of ${package} are not there yet: running toolchains/fetch-sources")
    execute_process(COMMAND "${PROJECT_SOURCE_DIR}/toolchains/fetch-sources" COMMAND_ERROR_IS_FATAL ANY)
    break()
  endif()
endforeach()

# Other people's code: their warnings are theirs.
function(qudao_wasm_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT" "SOURCES;INCLUDES;DEFINES;LINKS")
  list(TRANSFORM arg_SOURCES PREPEND "${arg_ROOT}/")
  list(TRANSFORM arg_INCLUDES PREPEND "${arg_ROOT}/")
  add_library(qudao_wasm_${name} STATIC EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_compile_options(qudao_wasm_${name} PRIVATE -w)
  target_compile_definitions(qudao_wasm_${name} PRIVATE ${arg_DEFINES})
  target_include_directories(qudao_wasm_${name} SYSTEM PUBLIC ${arg_INCLUDES})
  target_link_libraries(qudao_wasm_${name} PUBLIC ${arg_LINKS})
  target_link_libraries(qudao_dep_${name} INTERFACE qudao_wasm_${name})
endfunction()

qudao_wasm_library(zlib ROOT "${QUDAO_DEPS}/zlib" INCLUDES .
  DEFINES HAVE_UNISTD_H
  SOURCES adler32.c compress.c crc32.c deflate.c infback.c inffast.c inflate.c inftrees.c trees.c uncompr.c zutil.c)

qudao_wasm_library(minizip ROOT "${QUDAO_DEPS}/zlib/contrib/minizip" INCLUDES .
  DEFINES NOCRYPT NOUNCRYPT USE_FILE32API
  SOURCES ioapi.c unzip.c zip.c
  LINKS dep::zlib)

# Poor entropy (a salt against crafted hash collisions) is enough: the person at the page reads a file of
# their own choice, in a Worker that can be ended; good entropy would pull in a file system.
qudao_wasm_library(expat ROOT "${QUDAO_DEPS}/expat/expat/lib" INCLUDES .
  DEFINES HAVE_MEMMOVE XML_POOR_ENTROPY XML_NS XML_DTD XML_CONTEXT_BYTES=1024 BYTEORDER=1234 XML_STATIC
  SOURCES xmlparse.c xmlrole.c xmltok.c)
# What expat's configure would write; all of it is given above.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/expat/expat_config.h" CONTENT "")
target_include_directories(qudao_wasm_expat PRIVATE "${PROJECT_BINARY_DIR}/generated/expat")

qudao_wasm_library(xlsxwriter ROOT "${QUDAO_DEPS}/libxlsxwriter" INCLUDES include
  DEFINES USE_SYSTEM_MINIZIP USE_STANDARD_TMPFILE
  SOURCES
    src/app.c src/chart.c src/chartsheet.c src/comment.c src/content_types.c src/core.c src/custom.c src/drawing.c
    src/format.c src/hash_table.c src/metadata.c src/packager.c src/relationships.c src/shared_strings.c src/styles.c
    src/table.c src/theme.c src/utility.c src/vml.c src/workbook.c src/worksheet.c src/xmlwriter.c
    third_party/md5/md5.c
  LINKS dep::minizip dep::zlib)
# libxlsxwriter asks for <minizip/zip.h> when told to use the system's.
target_include_directories(qudao_wasm_xlsxwriter SYSTEM PRIVATE "${QUDAO_DEPS}/zlib/contrib")
