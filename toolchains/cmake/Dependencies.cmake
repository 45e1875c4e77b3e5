# Third-party libraries, each behind an interface target dep::<name> that means the same thing in both
# builds. Native: Debian's packages. WASM: Debian's headers where a library is header-only, else
# Debian's source package, unpacked by toolchains/fetch-sources into build/deps and compiled here.

set(QUDAO_DEPS "${PROJECT_SOURCE_DIR}/build/deps")

function(qudao_dep name)
  add_library(qudao_dep_${name} INTERFACE)
  add_library(dep::${name} ALIAS qudao_dep_${name})
endfunction()

# Debian's headers for WASM go after Emscripten's own (-I and -isystem would shadow its libc).
add_library(qudao_debian_headers INTERFACE)
if(EMSCRIPTEN)
  target_compile_options(qudao_debian_headers INTERFACE "SHELL:-idirafter /usr/include")
endif()

# --- header-only in both builds -------------------------------------------------------------------
qudao_dep(json)
target_link_libraries(qudao_dep_json INTERFACE qudao_debian_headers)

qudao_dep(xxhash)
target_link_libraries(qudao_dep_xxhash INTERFACE qudao_debian_headers)
target_compile_definitions(qudao_dep_xxhash INTERFACE XXH_INLINE_ALL)

qudao_dep(cli11)
target_link_libraries(qudao_dep_cli11 INTERFACE qudao_debian_headers)

qudao_dep(catch2)
target_link_libraries(qudao_dep_catch2 INTERFACE qudao_debian_headers)
target_compile_definitions(qudao_dep_catch2 INTERFACE CATCH_CONFIG_FAST_COMPILE)
if(EMSCRIPTEN)
  target_compile_definitions(qudao_dep_catch2 INTERFACE CATCH_CONFIG_NO_POSIX_SIGNALS)
endif()

qudao_dep(fmt)
target_link_libraries(qudao_dep_fmt INTERFACE qudao_debian_headers)
if(EMSCRIPTEN)
  target_compile_definitions(qudao_dep_fmt INTERFACE FMT_HEADER_ONLY)
else()
  find_package(fmt 9 REQUIRED)
  target_link_libraries(qudao_dep_fmt INTERFACE fmt::fmt)
endif()

# --- compiled: the system's library natively, Debian's source in WASM -----------------------------
qudao_dep(zlib)
if(EMSCRIPTEN)
  include(WasmDependencies)
else()
  target_link_libraries(qudao_dep_zlib INTERFACE z)
endif()

# --- Dear ImGui: the client's, from source in both builds (natively only for tests) ----------------
include(ImGui)

# --- the server's ---------------------------------------------------------------------------------
if(NOT EMSCRIPTEN)
  find_package(Threads REQUIRED)
  find_package(spdlog REQUIRED)

  qudao_dep(pistache)
  target_link_libraries(qudao_dep_pistache INTERFACE pistache Threads::Threads)

  qudao_dep(sqlite)
  target_link_libraries(qudao_dep_sqlite INTERFACE sqlite3)

  qudao_dep(mariadb)
  target_include_directories(qudao_dep_mariadb SYSTEM INTERFACE /usr/include/mariadb)
  target_link_libraries(qudao_dep_mariadb INTERFACE mariadb)

  qudao_dep(soci)
  target_link_libraries(qudao_dep_soci INTERFACE soci_sqlite3 soci_mysql soci_core dep::sqlite dep::mariadb)

  qudao_dep(sodium)
  target_link_libraries(qudao_dep_sodium INTERFACE sodium)

  qudao_dep(spdlog)
  target_link_libraries(qudao_dep_spdlog INTERFACE spdlog::spdlog)
endif()
