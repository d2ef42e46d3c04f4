# SPDX-License-Identifier: Apache-2.0
# Debian 12 packages; docs/dependencies.md says why each.
find_package(Threads REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(tomlplusplus 3.3 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(GDAL 3.6 CONFIG REQUIRED)

list(APPEND CMAKE_MODULE_PATH /usr/share/cmake/geographiclib)
find_package(GeographicLib REQUIRED)
add_library(panj_geographiclib INTERFACE)
target_include_directories(panj_geographiclib SYSTEM INTERFACE ${GeographicLib_INCLUDE_DIRS})
target_link_libraries(panj_geographiclib INTERFACE ${GeographicLib_LIBRARIES})

find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
add_library(panj_random123 INTERFACE)
target_include_directories(panj_random123 SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})

find_path(SODIUM_INCLUDE_DIR sodium.h REQUIRED)
find_library(SODIUM_LIBRARY sodium REQUIRED)
add_library(panj_sodium INTERFACE)
target_include_directories(panj_sodium SYSTEM INTERFACE ${SODIUM_INCLUDE_DIR})
target_link_libraries(panj_sodium INTERFACE ${SODIUM_LIBRARY})

find_path(PQ_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
find_library(PQ_LIBRARY pq REQUIRED)
add_library(panj_pq INTERFACE)
target_include_directories(panj_pq SYSTEM INTERFACE ${PQ_INCLUDE_DIR})
target_link_libraries(panj_pq INTERFACE ${PQ_LIBRARY})
