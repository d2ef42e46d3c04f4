# SPDX-License-Identifier: Apache-2.0
# panj_layer(<name> HEADERS … SOURCES … USES … PRIVATE …)
#   declares the library panj::<name> in src/panj/<name>. USES are public dependencies, PRIVATE ones
#   stay inside. An upward dependency fails in tests/architecture.
# panj_test(<layer> SOURCES … USES … [LABEL …])
#   declares panj_<layer>_test and hands each of its cases to CTest, with the label if there is one.

# a·b + c is never contracted into one rounding: the same bits from any compiler on any processor. errno
# and trap flags are not used after arithmetic, which lets square roots and choices be vectorised and
# changes no value. Packs (sim/pack.h) never cross a call that is not inlined: no matter how they
# would be passed.
add_library(panj_options INTERFACE)
target_compile_features(panj_options INTERFACE cxx_std_20)
target_compile_options(panj_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                              -Wsign-conversion -Wold-style-cast -Wundef
                                              -ffp-contract=off -fno-math-errno
                                              -fno-trapping-math -Wno-psabi
                                              $<$<BOOL:${PANJ_WERROR}>:-Werror>)

function(panj_layer name)
  cmake_parse_arguments(LAYER "" "" "HEADERS;SOURCES;USES;PRIVATE" ${ARGN})
  add_library(panj_${name} STATIC ${LAYER_SOURCES})
  add_library(panj::${name} ALIAS panj_${name})
  target_sources(panj_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src
                                     FILES ${LAYER_HEADERS})
  target_compile_features(panj_${name} PUBLIC cxx_std_20)
  target_link_libraries(panj_${name} PUBLIC ${LAYER_USES} PRIVATE ${LAYER_PRIVATE} panj_options)
endfunction()

function(panj_test layer)
  cmake_parse_arguments(TEST "" "LABEL" "SOURCES;USES" ${ARGN})
  add_executable(panj_${layer}_test ${TEST_SOURCES})
  target_link_libraries(panj_${layer}_test PRIVATE ${TEST_USES} panj_test_paths panj_options
                                                   GTest::gmock GTest::gtest_main)
  set(properties TIMEOUT 300)
  if(TEST_LABEL)
    set(properties TIMEOUT 1800 LABELS ${TEST_LABEL})
  endif()
  gtest_discover_tests(panj_${layer}_test DISCOVERY_MODE PRE_TEST PROPERTIES ${properties})
endfunction()
