#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CRPS of 2,292 samples of 1,000 draws: Panj beside numpy, processor time, in the same run.

    bench/crps.py [PROGRAM]

numpy twice: by the definition, mean |x - y| - mean |x - x'| / 2 over all pairs (a cell at a time, so that
it fits into memory), and by the sum over sorted draws, sorting included, as draws come.
"""
import subprocess
import sys
import time

import numpy as np


def samples():
    cell = np.arange(2292)[:, None]
    return np.floor(np.exp(np.arange(1000)[None] * (cell % 97) / 8000)), cell[:, 0] % 300


def by_pairs(draws, outcome):
    return np.array([np.abs(x - y).mean() - np.abs(x[:, None] - x[None]).mean() / 2
                     for x, y in zip(draws, outcome)])


def by_order(draws, outcome):
    n = draws.shape[1]
    spread = (np.sort(draws, axis=1) * (2 * np.arange(n) - n + 1)).sum(1) / n**2
    return np.abs(draws - outcome[:, None]).mean(1) - spread


def timed(function, *arguments):
    start = time.process_time()
    mean = function(*arguments).mean()
    return 1000 * (time.process_time() - start), mean


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "build/release/bench/crps"
    ours, mean = map(float, subprocess.run([program], check=True, capture_output=True).stdout.split())
    draws, outcome = samples()
    np.random.default_rng(1).permuted(draws, axis=1, out=draws)
    for name, function in (("all pairs", by_pairs), ("sorted", by_order)):
        taken, theirs = timed(function, draws, outcome)
        assert abs(theirs - mean) < 1e-6 * mean, (theirs, mean)
        print(f"numpy, {name}: {taken:.1f} ms, panj {ours:.2f} ms: {taken / ours:.0f} times")


if __name__ == "__main__":
    main()
