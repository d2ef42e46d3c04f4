#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The spillover model on one thread: speed, cost by stretches, memory by replicates. User time, medians.

    bench/spillover.py [REPETITIONS]
"""
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "build/release/bench/spillover"
THEATRE = ROOT / "theatres/tajik-afghan"
AIM, GOAL = 30_000, 100_000
PACKAGES = [f"P{k}" for k in range(8)]


def run(stretches, replicates, *packages):
    command = [PROGRAM, THEATRE, str(stretches), str(replicates), *packages]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def rate(repetitions, stretches, replicates, *packages):
    runs = [run(stretches, replicates, *packages) for _ in range(repetitions)]
    return statistics.median(each["replicate_years"] / each["seconds"] for each in runs)


def main():
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"status quo, 24 stretches: {rate(repetitions, 24, 2000, 'P0'):,.0f} replicate-years/s "
          f"(aim {AIM:,}, goal {GOAL:,})")
    print(f"eight packages, history shared: {rate(repetitions, 24, 500, *PACKAGES):,.0f} replicate-years/s")
    for stretches in (24, 48, 96, 192, 300):
        micros = 1e6 / rate(repetitions, stretches, 500, "P0")
        print(f"{stretches:4} stretches: {micros:7.1f} µs a replicate-year, {micros / stretches:5.2f} for each stretch")
    for replicates in (500, 2000, 8000):
        print(f"{replicates:5} replicates: {run(24, replicates, 'P0')['megabytes']:.0f} MB at most")


if __name__ == "__main__":
    main()
