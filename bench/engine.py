#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the simulation engine on one thread: medians of the rates in user time.

Usage: bench/engine.py [REPETITIONS]
"""
import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / "build/release/bench/engine"
AIMS = {"sir_ensemble": ("particle-steps", 25e6), "sir_filter": ("particle-observations", 10e6)}


def main() -> None:
    repetitions = sys.argv[1] if len(sys.argv) > 1 else "9"
    run = subprocess.run(
        [PROGRAM, f"--benchmark_repetitions={repetitions}", "--benchmark_format=json",
         "--benchmark_report_aggregates_only=true", "--benchmark_min_time=0.2"],
        check=True, capture_output=True, text=True)
    for row in json.loads(run.stdout)["benchmarks"]:
        if row["aggregate_name"] != "median":
            continue
        name = row["run_name"]
        unit, aim = AIMS.get(name, ("numbers", None))
        text = f"{name:<20} {row['each'] / 1e6:9.1f} million {unit}/s"
        print(text + (f" (aim: {aim / 1e6:.0f})" if aim else ""))


if __name__ == "__main__":
    main()
