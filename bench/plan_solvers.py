#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Panj's planners beside HiGHS (scipy) and, where it is installed, the `cbc` program, in one run.

    bench/plan_solvers.py [PROGRAM] [--limit SECONDS] [INSTANCE.json …]

Needs Debian's python3-scipy (run it with /usr/bin/python3). Without instances it makes its own:
interdiction with 30 checkpoints and 100 evaders, and with 60 and 456; a calendar of exercises over
two years; a zero-sum patrol of 1,000,000 stretches. Prints value, bound and median seconds of three runs of Panj, one of the other
solvers, and the ratio.
"""
import argparse
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import time

import numpy
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_matrix

RUNS = 3


def interdiction(checkpoints, evaders, budget, seed=1):
    luck = random.Random(seed)
    share = [luck.random() for _ in range(evaders)]
    routes = []
    for evader in range(evaders):
        for checkpoint in luck.sample(range(checkpoints), luck.randint(checkpoints // 6, checkpoints // 2)):
            passes = round(luck.random(), 4)
            routes.append([evader, checkpoint, passes, round(passes * luck.uniform(0.2, 0.5), 4)])
    return {"name": f"interdict {checkpoints} x {evaders}", "problem": "interdict_smuggling",
            "checkpoints": [f"c{i}" for i in range(checkpoints)], "evaders": [f"e{i}" for i in range(evaders)],
            "evader_probability": [s / sum(share) for s in share], "equip_cost": [1] * checkpoints,
            "budget": budget, "routes": routes}


def patrol(stretches, seed=1):
    luck = random.Random(seed)
    uncovered = [round(luck.uniform(1, 10), 3) for _ in range(stretches)]
    return {"name": f"zero-sum patrol {stretches}", "problem": "patrol_zero_sum", "resources": stretches // 50,
            "loss_if_uncovered": uncovered, "loss_if_covered": [round(luck.uniform(0, 0.3) * u, 3) for u in uncovered]}


def calendar(years, regions, members, stretches, seed=1):
    luck = random.Random(seed)
    return {"name": f"exercises {years} years, {regions} regions, {members} members, {stretches} stretches",
            "problem": "exercise_calendar", "lift_rule": "add_cap", "half_life_months": 6,
            "months": [f"{2027 + m // 12}-{m % 12 + 1:02}" for m in range(12 * years)],
            "regions": [f"r{g}" for g in range(regions)], "members": [f"m{k}" for k in range(members)],
            "stretches": [f"s{i}" for i in range(stretches)], "exercises_per_year": 2, "exactly_that_many": True,
            "min_members_per_exercise": 2, "budget_per_year": 5.0 * members,
            "start_readiness": [round(luck.uniform(0.5, 0.8), 2) for _ in range(stretches)],
            "cover_by_region_stretch": [[round(luck.uniform(0.3, 1), 2) for _ in range(stretches)] for _ in range(regions)],
            "member_share": [round(luck.uniform(0.1, 0.4), 2) for _ in range(members)],
            "cost_by_member_region": [[round(luck.uniform(1, 4), 1) for _ in range(regions)] for _ in range(members)],
            "member_exercises_per_year": [2] * members}


class Programme:
    """min c·x, rows ≤ right, the first `whole` variables binary, the others in [0, 1]."""

    def __init__(self):
        self.cost, self.rows, self.right, self.whole, self.constant = [], [], [], 0, 0.0
        self.sign = 1.0  # -1 when the problem is to maximise

    def variable(self, cost):
        self.cost.append(cost)
        return len(self.cost) - 1

    def row(self, entries, right):
        self.rows.append(entries)
        self.right.append(right)


def tight_interdiction(instance):
    """θ_w ≥ P_wk − (P_wk − q_w) x_k, θ_w ≥ q_w: what both solvers like best."""
    programme = Programme()
    for _ in instance["checkpoints"]:
        programme.variable(0.0)
    programme.whole = len(instance["checkpoints"])
    ways = {}
    for evader, checkpoint, passes, equipped in instance["routes"]:
        ways.setdefault(evader, []).append((checkpoint, passes, equipped))
    for evader, routes in ways.items():
        least = max(q for _, _, q in routes)
        probability = instance["evader_probability"][evader]
        theta = programme.variable(probability)  # over `least`
        programme.constant += probability * least
        for checkpoint, passes, _ in routes:
            if passes > least:
                programme.row([(theta, -1.0), (checkpoint, -(passes - least))], -(passes - least))
    programme.row(list(enumerate(instance["equip_cost"])), instance["budget"])
    return programme


def zero_sum(instance):
    programme = Programme()
    level = programme.variable(1.0)
    columns = []
    for uncovered, covered in zip(instance["loss_if_uncovered"], instance["loss_if_covered"]):
        columns.append(programme.variable(0.0))
        programme.row([(level, -1.0), (columns[-1], -(uncovered - covered))], -uncovered)
    programme.row([(c, 1.0) for c in columns], instance["resources"])
    return programme


def add_cap_calendar(instance):
    """R_it ≤ d R_i,t−1 + lift, V ≤ R_it, max V; every month of this benchmark is open."""
    programme = Programme()
    programme.sign = -1.0
    months, regions = range(len(instance["months"])), range(len(instance["regions"]))
    members, stretches = range(len(instance["members"])), range(len(instance["stretches"]))
    held = [[programme.variable(0.0) for _ in regions] for _ in months]
    part = [[[programme.variable(0.0) for _ in members] for _ in regions] for _ in months]
    programme.whole = len(programme.cost)
    ready = [[programme.variable(0.0) for _ in stretches] for _ in months]
    lowest = programme.variable(-1.0)
    kept = 2 ** (-1 / instance["half_life_months"])
    for t in months:
        programme.row([(held[t][g], 1.0) for g in regions], 1.0)
        for g in regions:
            programme.row([(held[t][g], float(instance["min_members_per_exercise"]))] +
                          [(part[t][g][k], -1.0) for k in members], 0.0)
            for k in members:
                programme.row([(part[t][g][k], 1.0), (held[t][g], -1.0)], 0.0)
        for i in stretches:
            lift = [(part[t][g][k], -instance["cover_by_region_stretch"][g][i] * instance["member_share"][k])
                    for g in regions for k in members]
            before = [(ready[t - 1][i], -kept)] if t else []
            programme.row([(ready[t][i], 1.0)] + before + lift, 0.0 if t else instance["start_readiness"][i])
            programme.row([(lowest, 1.0), (ready[t][i], -1.0)], 0.0)
    for first in range(0, len(months), 12):
        year = months[first:first + 12]
        exercises = [(held[t][g], 1.0) for t in year for g in regions]
        programme.row(exercises, instance["exercises_per_year"])
        programme.row([(v, -1.0) for v, _ in exercises], -instance["exercises_per_year"])
        programme.row([(part[t][g][k], instance["cost_by_member_region"][k][g])
                       for t in year for g in regions for k in members], instance["budget_per_year"])
        for k in members:
            programme.row([(part[t][g][k], 1.0) for t in year for g in regions], instance["member_exercises_per_year"][k])
    return programme


PROGRAMMES = {"interdict_smuggling": tight_interdiction, "patrol_zero_sum": zero_sum,
              "exercise_calendar": add_cap_calendar}


def run_highs(programme, limit):
    row = [i for i, entries in enumerate(programme.rows) for _ in entries]
    column = [c for entries in programme.rows for c, _ in entries]
    value = [v for entries in programme.rows for _, v in entries]
    shape = (len(programme.rows), len(programme.cost))
    whole = numpy.zeros(shape[1])
    whole[:programme.whole] = 1
    upper = numpy.ones(shape[1])
    if not programme.whole:
        upper[0] = numpy.inf
    start = time.perf_counter()
    result = milp(numpy.array(programme.cost), integrality=whole,
                  constraints=LinearConstraint(coo_matrix((value, (row, column)), shape=shape).tocsr(),
                                               -numpy.inf, programme.right),
                  bounds=(numpy.zeros(shape[1]), upper), options={"time_limit": limit})
    seconds = time.perf_counter() - start
    answer = None if result.fun is None else programme.sign * result.fun + programme.constant
    bound = getattr(result, "mip_dual_bound", None)
    return answer, answer if bound is None else programme.sign * bound + programme.constant, seconds


def write_lp(programme, path):
    with open(path, "w", encoding="ascii") as out:
        out.write("Minimize\n obj: " + " + ".join(f"{c!r} x{i}" for i, c in enumerate(programme.cost) if c) + "\n")
        out.write("Subject To\n")
        for number, (entries, right) in enumerate(zip(programme.rows, programme.right)):
            terms = " ".join(f"{'+' if v >= 0 else '-'} {abs(v)!r} x{c}" for c, v in entries)
            out.write(f" r{number}: {terms} <= {right!r}\n")
        out.write("Bounds\n")
        for i in range(programme.whole, len(programme.cost)):
            out.write(f" 0 <= x{i} <= 1\n")
        out.write("Binaries\n" + "\n".join(f" x{i}" for i in range(programme.whole)) + "\nEnd\n")


def run_cbc(programme, limit):
    with tempfile.TemporaryDirectory() as folder:
        write_lp(programme, f"{folder}/p.lp")
        start = time.perf_counter()
        run = subprocess.run(["cbc", f"{folder}/p.lp", "sec", str(limit), "solve"], capture_output=True, text=True,
                             check=False)
        seconds = time.perf_counter() - start
    found = {}
    for line in run.stdout.splitlines():
        for name in ("Objective value:", "Lower bound:"):
            if line.startswith(name):
                found[name] = programme.sign * float(line.split(":")[1]) + programme.constant
    answer = found.get("Objective value:")
    return answer, found.get("Lower bound:", answer), seconds


def run_panj(program, path):
    runs = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run = subprocess.run([program, "plan", "solve", path, "--json"], capture_output=True, text=True, check=True)
        result = json.loads(run.stdout)
        runs.append((result["seconds"], time.perf_counter() - start))
    return result, statistics.median(s for s, _ in runs), statistics.median(w for _, w in runs)


def show(name, answer, bound, seconds, ours):
    text = "none" if answer is None else f"{answer:.6f}"
    low = "none" if bound is None else f"{bound:.6f}"
    print(f"  {name:<8} value {text:>12}  bound {low:>12}  {seconds:9.3f} s  {seconds / ours:9.1f} x")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="?", default="build/release/app/panj")
    parser.add_argument("instances", nargs="*")
    parser.add_argument("--limit", type=float, default=40, help="seconds for each other solver")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = list(options.instances)
        if not paths:
            made = [interdiction(30, 100, 6), interdiction(60, 456, 12), calendar(2, 4, 5, 24), patrol(1_000_000)]
            for number, instance in enumerate(made):
                paths.append(f"{folder}/{number}.json")
                with open(paths[-1], "w", encoding="utf-8") as out:
                    json.dump(instance, out)
        for path in paths:
            with open(path, encoding="utf-8") as file:
                instance = json.load(file)
            result, seconds, wall = run_panj(options.program, path)
            print(f"{instance['name']}")
            show("panj", result["value"], result["bound"], seconds, seconds)
            print(f"           whole command, with reading and writing: {wall:.3f} s")
            make = PROGRAMMES.get(instance["problem"])
            if make is None or len(instance.get("loss_if_uncovered", [])) > 200_000:
                continue
            show("HiGHS", *run_highs(make(instance), options.limit), seconds)
            if shutil.which("cbc") and instance["problem"] != "patrol_zero_sum":
                show("CBC", *run_cbc(make(instance), options.limit), seconds)


if __name__ == "__main__":
    main()
