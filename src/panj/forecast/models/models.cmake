# SPDX-License-Identifier: Apache-2.0
# The models: adding one touches this folder only.
set(MODEL_HEADERS models/benchmarks.h models/decay.h)
set(MODEL_SOURCES models/benchmarks.cc models/decay.cc models/families.cc)
