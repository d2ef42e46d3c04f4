#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times a whole `panj backtest`: reading the panel, every model, 17 windows, scores.

    bench/backtest.py [PROGRAM] [PANEL]

Without PANEL it makes one of the size and sparsity of the world's countries, 1990-2021, so that the
figure can be had on any machine. Prints the median of five runs.
"""
import random
import statistics
import subprocess
import sys
import tempfile
import time

MODELS = "zero,last-poisson,conflictology-12,bootstrap-240"
RUNS = 5


def write_world(path, units=191, first_year=1990, last_year=2021):
    """One unit in six is at war at a time; its months are heavy-tailed."""
    luck = random.Random(1)
    with open(path, "w", encoding="utf-8") as out:
        out.write("year,month,country,deaths_sb\n")
        for unit in range(units):
            at_war = luck.random() < 1 / 6
            for year in range(first_year, last_year + 1):
                for month in range(1, 13):
                    if luck.random() < 0.02:
                        at_war = luck.random() < 1 / 6
                    deaths = int(luck.lognormvariate(3, 1.5)) if at_war else 0
                    out.write(f"{year},{month},unit {unit},{deaths}\n")


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "build/release/app/panj"
    with tempfile.TemporaryDirectory() as folder:
        panel = sys.argv[2] if len(sys.argv) > 2 else f"{folder}/panel.csv"
        if len(sys.argv) <= 2:
            write_world(panel)
        command = [program, "backtest", "--panel", panel, "--models", MODELS,
                   "--windows", "2005..2021", "--json"]
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - start)
    print(f"panj backtest, 4 models, 17 windows, 1,000 draws: median {statistics.median(seconds):.2f} s "
          f"of {RUNS} runs ({min(seconds):.2f} to {max(seconds):.2f} s)")


if __name__ == "__main__":
    main()
