# What every folder's CMakeLists.txt uses: the warnings, and one way to declare a library or a test.

add_library(qudao_warnings INTERFACE)
target_compile_options(qudao_warnings INTERFACE
  "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Werror>")

# Adds each named folder.
function(qudao_add_folders)
  foreach(folder IN LISTS ARGN)
    add_subdirectory(${folder})
  endforeach()
endfunction()

# Where QUDAO_SMALL is on, what is optimised for browsers is optimised for size.
function(qudao_mind_size target)
  if(QUDAO_SMALL AND EMSCRIPTEN AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_options(${target} PRIVATE -Os)
  endif()
endfunction()

# qudao_library(base SOURCES a.cpp b.cpp [LINKS qudao_x dep::y] [PRIVATE_LINKS dep::z])
# makes the target qudao_base. Without sources it is an interface library. LINKS are public.
function(qudao_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;PRIVATE_LINKS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "qudao_library(${name}): unexpected ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(target qudao_${name})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    qudao_mind_size(${target})
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} PUBLIC ${arg_LINKS} PRIVATE qudao_warnings ${arg_PRIVATE_LINKS})
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} INTERFACE ${arg_LINKS})
  endif()
endfunction()

# qudao_program(qudao SOURCES ... LINKS ...): an executable target of exactly that name.
# Built for WASM it is a command for node that sees the real files.
function(qudao_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "qudao_program(${name}): unexpected ${arg_UNPARSED_ARGUMENTS}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE qudao_warnings ${arg_LINKS})
  if(EMSCRIPTEN)
    qudao_node_program(${name})
  endif()
endfunction()

# Link settings for a WASM program that runs under node rather than in a page.
function(qudao_node_program target)
  target_link_options(${target} PRIVATE
    -sENVIRONMENT=node -sNODERAWFS=1 -sEXIT_RUNTIME=1
    -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=2147483648)
endfunction()

# qudao_layer_needs(browser gallery_page) has toolchains/test build these targets before it runs that layer.
function(qudao_layer_needs layer)
  if(NOT TARGET tests_${layer})
    add_custom_target(tests_${layer})
  endif()
  add_dependencies(tests_${layer} ${ARGN})
endfunction()

# qudao_test(unit base SOURCES ... LINKS ... [NATIVE_ONLY] [ARGS ...]) makes the Catch2 executable
# test_unit_base and the ctest of that name, labelled with its layer.
function(qudao_test layer name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "NATIVE_ONLY" "" "SOURCES;LINKS;ARGS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "qudao_test(${layer} ${name}): unexpected ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(EMSCRIPTEN AND arg_NATIVE_ONLY)
    return()
  endif()
  set(target test_${layer}_${name})
  qudao_program(${target} SOURCES ${arg_SOURCES} LINKS ${arg_LINKS} qudao_catch_main)
  add_test(NAME ${target} COMMAND ${target} ${arg_ARGS} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${target} PROPERTIES LABELS ${layer})
  qudao_layer_needs(${layer} ${target})
endfunction()
