#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Panj's placement beside HiGHS (scipy.optimize.milp) and CBC on the exported tangent programme.

    bench/placement.py [--panj PROGRAM] [--cbc PROGRAM] [--seconds N] FILE…

Each FILE is a "place_equipment" instance. Panj runs on one thread. The exported programme has ten
tangents a cell and one at Panj's plan, so another solver's objective may lie below the loss of its
plan; that loss is computed here anew. Needs Debian's python3-scipy.
"""
import argparse
import json
import math
import subprocess
import tempfile
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_matrix


def read_mps(path):
    rows, names, columns, right, whole, free = [], {}, {}, {}, set(), set()
    section, integer = "", False
    for line in open(path, encoding="utf-8"):
        if line.startswith("*"):
            continue
        parts = line.split()
        if not line.startswith(" "):
            section = parts[0]
        elif section == "ROWS":
            names[parts[1]] = len(rows)
            rows.append(parts[0])
        elif section == "COLUMNS" and "'MARKER'" in line:
            integer = "INTORG" in line
        elif section == "COLUMNS":
            columns.setdefault(parts[0], []).append((names[parts[1]], float(parts[2])))
            if integer:
                whole.add(parts[0])
        elif section == "RHS":
            right[names[parts[1]]] = float(parts[2])
        elif section == "BOUNDS" and parts[0] == "FR":
            free.add(parts[2])
    return rows, columns, right, whole, free


def highs(path, seconds):
    rows, columns, right, whole, free = read_mps(path)
    order = list(columns)
    data = [(r, c, v) for c, name in enumerate(order) for r, v in columns[name]]
    matrix = csc_matrix(([v for _, _, v in data], ([r for r, _, _ in data], [c for _, c, _ in data])),
                        shape=(len(rows), len(order)))
    low = np.array([right.get(r, 0.0) if s in "GE" else -np.inf for r, s in enumerate(rows)])
    high = np.array([right.get(r, 0.0) if s in "LE" else np.inf for r, s in enumerate(rows)])
    start = time.perf_counter()
    found = milp(matrix[0].toarray().ravel(), constraints=LinearConstraint(matrix[1:], low[1:], high[1:]),
                 integrality=np.array([name in whole for name in order]),
                 bounds=Bounds(np.array([-np.inf if name in free else 0 for name in order]),
                               np.array([1000 if name in whole else np.inf for name in order])),
                 options={"time_limit": seconds, "mip_rel_gap": 0})
    plan = {} if found.x is None else {n: round(x) for n, x in zip(order, found.x) if n in whole and x > 0.5}
    return plan, found.mip_dual_bound, time.perf_counter() - start


def true_value(instance, plan):
    """Expected or tail loss of a plan {b_0_i_k_t: units}, from the definitions."""
    years, stretches = len(instance["years"]), len(instance["stretches"])
    types, kinds = len(instance["types"]), instance["kinds"]
    moved = instance["displacement"]
    loss = np.zeros((years, stretches, types))
    for t in range(years):
        for i in range(stretches):
            for a in range(types):
                missed = instance["loss_per_undetected"][i][a]
                for k, kind in enumerate(kinds):
                    units = instance["existing_units"][i][k] + sum(
                        plan.get(f"b_0_{i}_{k}_{b}", 0) for b in range(t - kind["delivery_lag_years"] + 1))
                    missed *= (1 - kind["detect"][a]) ** units
                loss[t, i, a] = missed
    worst = loss.copy()
    for i in range(stretches):
        for j in range(max(0, i - moved["reach"]), min(stretches, i + moved["reach"] + 1)):
            worst[:, i] = np.maximum(worst[:, i], moved["attenuation"] ** abs(i - j) * loss[:, j])
    both = (1 - moved["share"]) * loss + moved["share"] * worst
    losses = np.array([float((np.array(s["attempts"]) * both).sum()) for s in instance["scenarios"]])
    weights = np.array([s["probability"] for s in instance["scenarios"]])
    if instance["objective"]["kind"] == "expected":
        return float(losses @ weights)
    left, total = 1 - instance["objective"]["alpha"], 0.0
    share = left
    for s in np.argsort(-losses):
        taken = min(left, weights[s])
        total, left = total + taken * losses[s], left - taken
    return total / share


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--panj", default="build/release/app/panj")
    parser.add_argument("--cbc", default="build/release/bench/solve_mps")
    parser.add_argument("--seconds", type=float, default=70)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    for path in arguments.files:
        instance = json.load(open(path, encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            mps = f"{folder}/placement.mps"
            answer = json.loads(subprocess.run(
                [arguments.panj, "plan", "placement", path, "--json", "--threads", "1", "--export-mps", mps],
                check=True, capture_output=True).stdout)
            print(f"{path}\n  Panj   {answer['value']:.4f}  bound {answer['bound']:.4f}  {answer['seconds']:.1f} s")
            plan, bound, seconds = highs(mps, arguments.seconds)
            value = true_value(instance, plan) if plan else math.nan
            print(f"  HiGHS  {value:.4f}  bound {bound:.4f}  {seconds:.1f} s")
            print(subprocess.run([arguments.cbc, mps, str(arguments.seconds)], check=True,
                                 capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main()
