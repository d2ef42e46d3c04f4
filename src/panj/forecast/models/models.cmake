# SPDX-License-Identifier: Apache-2.0
# The models: adding one touches this folder only.
set(MODEL_HEADERS models/benchmarks.h models/decay.h models/fit_cache.h models/hurdle_log_t.h models/linear_pool.h)
set(MODEL_SOURCES models/benchmarks.cc models/decay.cc models/families.cc
    models/hurdle_log_t.cc models/hurdle_log_t_fit.cc
    models/linear_pool.cc models/linear_pool_fit.cc models/pool_loss.cc)
