#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Panj's placement beside HiGHS (scipy.optimize.milp) and CBC on the exported tangent programme.

    bench/placement.py [--panj PROGRAM] [--cbc PROGRAM] [--seconds N] [FILE…]

Each FILE is a "place_equipment" instance. Without one, two are made: 24 stretches × 6 years × 4
kinds with 50 futures, and the same with 300 stretches. Panj runs on one thread: stopped after one
second, and to the end of its own count of steps. The other solvers are run up to 100 stretches. The
exported programme has ten tangents a cell and one at Panj's plan, so another solver's objective may
lie below the loss of its plan; that loss is computed here anew. Needs Debian's python3-scipy.
"""
import argparse
import json
import math
import random
import subprocess
import tempfile
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_matrix


MOST_STRETCHES_OF_OTHERS = 100


def border(stretches, futures=50, seed=1):
    """Expected loss over six years; attempts and money grow with the border."""
    luck = random.Random(seed)
    kinds = [("post", 10, 1, 1, [0.35, 0.15], 4), ("sensor", 4, 0.3, 1, [0.12, 0.3], 5),
             ("mobile team", 6, 1.5, 0, [0.25, 0.18], 4), ("drone", 3, 0.8, 0, [0.1, 0.22], 5)]
    usual = [[luck.lognormvariate(1.2, 1) for _ in range(2)] for _ in range(stretches)]
    scenarios = []
    for _ in range(futures):
        wave = luck.lognormvariate(0, 0.3)
        scenarios.append({"probability": 1 / futures, "attempts": [
            [[round(wave * x * luck.lognormvariate(0, 0.4), 3) for x in pair] for pair in usual] for _ in range(6)]})
    names = ("name", "price", "upkeep_per_year", "delivery_lag_years", "detect", "max_per_stretch")
    return {"name": f"{stretches} stretches", "problem": "place_equipment", "years": list(range(2025, 2031)),
            "stretches": [f"s{i:03}" for i in range(stretches)], "types": ["armed", "smuggling"],
            "kinds": [dict(zip(names, kind)) for kind in kinds],
            "budget_per_year": [round(b * stretches / 24, 1) for b in (60, 45, 40, 40, 35, 30)], "carry_over": True,
            "existing_units": [[0, int(luck.random() < 0.2), 0, int(luck.random() < 0.2)] for _ in range(stretches)],
            "min_posts": [int(luck.random() < 0.1) for _ in range(stretches)], "min_posts_from_year": 2028,
            "loss_per_undetected": [[round(luck.uniform(0.5, 2), 2) for _ in range(2)] for _ in range(stretches)],
            "displacement": {"share": 0.0, "reach": 1, "attenuation": 0.75}, "scenarios": scenarios,
            "objective": {"kind": "expected"}}


def run_panj(program, path, *options):
    run = subprocess.run([program, "plan", "placement", path, "--json", "--threads", "1", *options],
                         check=True, capture_output=True)
    answer = json.loads(run.stdout)
    print(f"  Panj   {answer['value']:.4f}  bound {answer['bound']:.4f}  gap {100 * answer['gap']:.3f} %  "
          f"{answer['seconds']:.1f} s {' '.join(options[:2]) if '--time-limit' in options else ''}")


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
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for stretches in () if arguments.files else (24, 300):
            arguments.files.append(f"{folder}/{stretches}.json")
            with open(arguments.files[-1], "w", encoding="utf-8") as out:
                json.dump(border(stretches), out)
        for path in arguments.files:
            compare(arguments, path, f"{folder}/placement.mps")


def compare(arguments, path, mps):
    instance = json.load(open(path, encoding="utf-8"))
    print(instance.get("name") or path)
    run_panj(arguments.panj, path, "--time-limit", "1")
    run_panj(arguments.panj, path, "--export-mps", mps)
    if len(instance["stretches"]) > MOST_STRETCHES_OF_OTHERS:
        return
    plan, bound, seconds = highs(mps, arguments.seconds)
    value = true_value(instance, plan) if plan else math.nan
    print(f"  HiGHS  {value:.4f}  bound {bound:.4f}  {seconds:.1f} s")
    print(subprocess.run([arguments.cbc, mps, str(arguments.seconds)], check=True,
                         capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main()
