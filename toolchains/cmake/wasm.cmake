# Toolchain file for Debian's Emscripten 3.1.6: its own file, plus what that one leaves out.

include(/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake)

# Native WebAssembly exceptions, everywhere or nowhere: code compiled without them cannot pass one on.
set(CMAKE_C_FLAGS_INIT "-fwasm-exceptions")
set(CMAKE_CXX_FLAGS_INIT "-fwasm-exceptions")

# Debian keeps acorn and friends, which the linker step needs, outside node's own search path.
set(CMAKE_C_COMPILER_LAUNCHER ccache CACHE STRING "")
set(CMAKE_CXX_COMPILER_LAUNCHER ccache CACHE STRING "")
set(CMAKE_C_LINKER_LAUNCHER env NODE_PATH=/usr/share/nodejs CACHE STRING "")
set(CMAKE_CXX_LINKER_LAUNCHER env NODE_PATH=/usr/share/nodejs CACHE STRING "")

# From node 18 on, the presence of fetch makes this Emscripten's output take node for a browser.
find_program(QUDAO_NODE NAMES node nodejs REQUIRED)
execute_process(COMMAND "${QUDAO_NODE}" --version OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REGEX REPLACE "^v([0-9]+).*" "\\1" node_major "${node_version}")
set(QUDAO_NODE_FLAGS "")
if(node_major GREATER_EQUAL 18)
  set(QUDAO_NODE_FLAGS --no-experimental-fetch)
endif()
set(CMAKE_CROSSCOMPILING_EMULATOR "${QUDAO_NODE}" ${QUDAO_NODE_FLAGS})
