# qudao_page(name SOURCES ... LINKS ... [FOLDER path]) makes a program and the folder it is served from
# (build/<preset>/pages/<name> unless said otherwise): app.js and app.wasm, the shell, the fonts with their licence,
# and every file also compressed (.br, .gz), for servers that send it so. BESIDE: programs that lie in that folder too.

find_file(QUDAO_CHINESE_FONT wqy-microhei.ttc PATHS /usr/share/fonts/truetype/wqy NO_CMAKE_FIND_ROOT_PATH REQUIRED)
# What these say is in the font that comes with the page.
set(QUDAO_FONT_TEXTS
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/administration.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/codes.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/common.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/errors.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/feeds.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/lists.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/round.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/shell.inc"
  "${PROJECT_SOURCE_DIR}/client/i18n/texts/workbench.inc"
  "${PROJECT_SOURCE_DIR}/shared/demo/customers.cpp"
  "${PROJECT_SOURCE_DIR}/shared/demo/feeds.cpp"
  "${PROJECT_SOURCE_DIR}/shared/demo/geography.cpp"
  "${PROJECT_SOURCE_DIR}/shared/demo/names.cpp"
  "${PROJECT_SOURCE_DIR}/shared/demo/organisation.cpp"
  "${PROJECT_SOURCE_DIR}/shared/demo/staff.cpp")
add_custom_command(
  OUTPUT "${QUDAO_GENERATED}/qudao.ttf" "${QUDAO_GENERATED}/qudao-more.ttf"
  COMMAND "${QUDAO_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/subset_font.py" "${QUDAO_CHINESE_FONT}" "${QUDAO_GENERATED}/qudao.ttf"
          "${QUDAO_GENERATED}/qudao-more.ttf" ${QUDAO_FONT_TEXTS}
  DEPENDS "${CMAKE_CURRENT_LIST_DIR}/subset_font.py" ${QUDAO_FONT_TEXTS}
  VERBATIM)
add_custom_target(qudao_font DEPENDS "${QUDAO_GENERATED}/qudao.ttf" "${QUDAO_GENERATED}/qudao-more.ttf")

function(qudao_page name)
  set(web "${CMAKE_CURRENT_FUNCTION_LIST_DIR}")
  set(font "${QUDAO_GENERATED}/qudao.ttf")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER" "SOURCES;LINKS;BESIDE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "qudao_page(${name}): unexpected ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(folder "${PROJECT_BINARY_DIR}/pages/${name}")
  if(arg_FOLDER)
    set(folder "${arg_FOLDER}")
  endif()
  set(program "page_${name}")
  add_executable(${program} ${arg_SOURCES})
  qudao_mind_size(${program})
  target_include_directories(${program} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${program} PRIVATE qudao_warnings qudao_platform ${arg_LINKS})
  set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${folder}" OUTPUT_NAME app SUFFIX .js)

  set(shell "")
  foreach(file IN ITEMS icon.svg index.html loader.js style.css)
    list(APPEND shell "${web}/${file}")
  endforeach()
  add_custom_command(
    OUTPUT "${folder}/.packed"
    COMMAND "${QUDAO_PYTHON}" "${web}/pack_page.py" "${folder}" "${font}" ${shell}
    DEPENDS ${program} ${arg_BESIDE} qudao_font "${font}" "${web}/pack_page.py" ${shell}
    VERBATIM)
  add_custom_target(${name}_page ALL DEPENDS "${folder}/.packed")
endfunction()
