#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times the numbers-only parts of `panj explore`, Sobol indices beside OpenTURNS.

    bench/explore.py [PROGRAM]

Medians of five runs, one thread, user seconds of the whole process (start included). PRIM also alone, on the
reference data where it is there, by the program bench/prim beside the other's build.
"""
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 5
REFERENCE = Path(__file__).resolve().parent.parent.parent / "shared/data/explore/bryant_lempert_882.csv"
OPENTURNS = """
import openturns as ot
a = [0, 1, 4.5, 9, 99, 99, 99, 99]
x = ["x%d" % i for i in range(8)]
g = ot.SymbolicFunction(x, ["*".join("(abs(4*x%d-2)+%g)/(1+%g)" % (i, a[i], a[i]) for i in range(8))])
ot.RandomGenerator.SetSeed(1)
cube = ot.ComposedDistribution([ot.Uniform(0, 1)] * 8)
design = ot.SobolIndicesExperiment(cube, 2 ** 14, True).generate()
analysis = ot.SaltelliSensitivityAlgorithm(design, g(design), 2 ** 14)
analysis.setUseAsymptoticDistribution(False)
analysis.getFirstOrderIndices(), analysis.getTotalOrderIndices(), analysis.getSecondOrderIndices()
analysis.getFirstOrderIndicesInterval()
"""


def user_seconds(command):
    """Median user seconds of RUNS runs."""
    seconds = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return statistics.median(seconds)


def write_cases(path, rows=882, inputs=9):
    """As many cases and inputs as the reference data of PRIM; one in ten is of interest."""
    luck = random.Random(1)
    with open(path, "w", encoding="utf-8") as out:
        out.write(",".join(f"x{i}" for i in range(inputs)) + ",cost\n")
        for _ in range(rows):
            x = [luck.random() for _ in range(inputs)]
            cost = 100 * (x[0] + x[1] - x[2] + 0.3 * luck.random())
            out.write(",".join(f"{value:.6f}" for value in x) + f",{cost:.6f}\n")


def prim_alone(program, cases, outcome, above):
    """Prints what the method takes without start, reading and JSON."""
    bench = Path(program).resolve().parent.parent / "bench/prim"
    run = subprocess.run([bench, cases, outcome, above], check=True, capture_output=True, text=True)
    milliseconds, boxes = run.stdout.split()
    print(f"PRIM alone, {Path(cases).name}, {boxes} boxes: {float(milliseconds):.2f} ms (aim: 5)")


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "build/release/app/panj"
    start = user_seconds([program, "--version"])
    print(f"start of the program: {start:.3f} s")
    sobol = user_seconds([program, "explore", "sobol", "--function", "sobol-g", "--n", "16384",
                          "--second-order", "--threads", "1", "--json"])
    print(f"Sobol indices, D = 8, N = 2^14, second order, 100 resamples: {sobol:.3f} s")
    if os.path.exists("/usr/bin/python3"):
        try:
            other = user_seconds(["/usr/bin/python3", "-c", OPENTURNS])
            print(f"the same in OpenTURNS, 100 resamples: {other:.3f} s")
        except subprocess.CalledProcessError:
            print("OpenTURNS (python3-openturns) is not there")
    with tempfile.TemporaryDirectory() as folder:
        cases = f"{folder}/cases.csv"
        write_cases(cases)
        prim = user_seconds([program, "explore", "prim", "--csv", cases, "--outcome", "cost",
                             "--above", "120", "--alpha", "0.1", "--json"])
        print(f"PRIM, 882 cases × 9 inputs, start, reading and JSON included: {1000 * prim:.1f} ms")
        prim_alone(program, cases, "cost", "120")
    if REFERENCE.exists():
        prim_alone(program, REFERENCE, "Greater than 90%", "0.5")
    evaluations = 150000
    lake = user_seconds([program, "explore", "lake", "--search", str(evaluations), "--threads", "1",
                         "--json"])
    print(f"lake, search with {evaluations} evaluations: {lake:.2f} s, "
          f"{evaluations / (lake - start):,.0f} evaluations/s with the search")


if __name__ == "__main__":
    main()
