# SPDX-License-Identifier: Apache-2.0
# panj_embed_ui(<target> <source>)
#   builds ui/ (npm packages by lock file, when missing) and lets <source> embed the result.
find_program(NPM_PROGRAM npm REQUIRED)
find_program(NODE_PROGRAM node REQUIRED)

function(panj_embed_ui target source)
  set(ui ${PROJECT_SOURCE_DIR}/ui)
  set(dist ${PROJECT_BINARY_DIR}/ui)
  set(installed ${ui}/node_modules/.package-lock.json)
  add_custom_command(
    OUTPUT ${installed}
    COMMAND ${NPM_PROGRAM} ci --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${ui}/package-lock.json
    WORKING_DIRECTORY ${ui}
    COMMENT "Installing the packages of ui/")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${ui}/src/*.ts ${ui}/src/*.css)
  set(made ${dist}/brief.js ${dist}/brief.js.sha256 ${dist}/brief.css ${dist}/brief.css.sha256
           ${dist}/basemap.json)
  add_custom_command(
    OUTPUT ${made}
    COMMAND ${NODE_PROGRAM} build.mjs ${dist}
    DEPENDS ${installed} ${sources} ${ui}/build.mjs ${ui}/basemap.mjs
    WORKING_DIRECTORY ${ui}
    COMMENT "Building ui/")
  add_custom_target(${target}_ui DEPENDS ${made})
  add_dependencies(${target} ${target}_ui)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${made}"
                                                   COMPILE_DEFINITIONS PANJ_UI_DIST="${dist}")
endfunction()
