#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ideas for onsets: does a quiet unit (no deaths in twelve months) see deaths again?

    panj backtest --panel PANEL --models default,ls,conflictology-12 --windows 2005..2021 --report REPORT >/dev/null
    bench/studies/onset.py PANEL REPORT

Brier score at >= 1 on the cells of quiet units, windows 2005-2021, each idea fitted on what was known
at the window's origin, beside the shipped pool `default` and `ls` from the report. Gains in per cent over
conflictology-12 (which says 0 for every quiet unit), over the pool, and over the regression on all rows, with
90 % intervals from circular blocks of two windows drawn again, the same for both sides of a gain. Needs numpy
and pandas. Prints the table of docs/methods/forecast.md.
"""
import json
import pathlib
import re
import sys

import numpy as np
import pandas as pd

HALF_LIVES = (1.5, 4, 12, 36, 120)


def read(path):
    table = pd.read_csv(path)
    table["t"] = (table.year - table.year.min()) * 12 + table.month - 1
    return table.pivot(index="t", columns="country", values="deaths_sb")


def borders(names):
    header = pathlib.Path(__file__).parents[2] / "src/panj/forecast/detail/country_borders.h"
    text = re.search(r'R"\((.*?)\)"', header.read_text(), re.S).group(1)
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for line in text.strip().splitlines():
        one, others = line.split(": ")
        for other in others.split("; "):
            if one in place and other in place:
                matrix[place[one], place[other]] = matrix[place[other], place[one]] = 1
    return matrix


def ewma(values, half_life):
    decay, total, weight, out = 0.5 ** (1 / half_life), 0.0, 0.0, []
    for row in values:
        known = ~np.isnan(row)
        total = total * decay + np.where(known, row, 0)
        weight = weight * decay + known
        out.append(np.divide(total, weight, out=np.zeros_like(weight), where=weight > 0))
    return np.array(out)


def columns(y, near):
    """Feature groups, each months x units x features."""
    event = np.where(np.isnan(y), np.nan, y >= 1)
    since = np.full(y.shape, 240.0)
    for t in range(len(y)):
        since[t] = np.minimum((since[t - 1] if t else 239) + 1, 240)
        since[t, y[t] >= 1] = 0
    degree = np.maximum(near.sum(1), 1)
    mean = lambda v: v @ near / degree  # noqa: E731
    level = {h: np.log1p(ewma(y, h)) for h in HALF_LIVES}
    shares = {h: ewma(event, h) for h in (3, 12, 48, 120)}
    own = [level[h] for h in HALF_LIVES] + [ewma(np.log1p(y), h) for h in HALF_LIVES]
    own += list(shares.values()) + [np.log1p(since), mean(level[4]), mean(level[36])]
    quiet_before = np.vstack([np.ones((1, y.shape[1]), bool), since[:-1] >= 12])
    onset = np.where(quiet_before & (y >= 1), 1.0, 0.0)
    worst = np.max(np.where(near[None] > 0, shares[3][:, None, :], 0), axis=2)
    return {
        "own": np.stack(own, -1),
        "contagion": np.stack([worst, mean(shares[3]), mean(shares[12])], -1),
        "memory": np.stack([ewma(event, 240), since >= 239, np.log1p(ewma(y, 240))], -1),
        "excitation": np.stack([ewma(onset, h) @ near for h in (2, 6, 12)], -1),
        "season": None,
    }


def logistic(x, y, weight, ridge=1.0):
    b = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        penalty = np.r_[0.0, np.full(len(b) - 1, ridge)]
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, x.T @ (weight * (p - y)) + penalty * b)
        b -= step
        if np.abs(step).max() < 1e-5:
            break
    return b


def rows(groups, names, t, units, lead):
    parts = [groups[n][t, units] for n in names if n != "season"]
    extra = [np.full((len(units), 1), lead / 12)]
    if "season" in names:
        angle = 2 * np.pi * ((t + lead) % 12) / 12
        extra.append(np.tile([np.sin(angle), np.cos(angle)], (len(units), 1)))
    return np.hstack([np.ones((len(units), 1)), *parts, *extra])


def sample(y, groups, names, origins, leads_of, quiet, last, only_quiet):
    x, target, age = [], [], []
    for n, t in enumerate(origins):
        units = np.flatnonzero((quiet[t] if only_quiet else True) & ~np.isnan(y[t]))
        for lead in leads_of(n):
            if t + lead > last:
                continue
            known = units[~np.isnan(y[t + lead, units])]
            x.append(rows(groups, names, t, known, lead))
            target.append(y[t + lead, known] >= 1)
            age.append(np.full(len(known), last - t))
    return np.vstack(x), np.concatenate(target).astype(float), np.concatenate(age)


IDEAS = {
    "all rows (as ls)": (["own"], False, False),
    "quiet rows only": (["own"], True, False),
    "class-balanced": (["own"], True, True),
    "contagion": (["own", "contagion"], False, False),
    "long memory": (["own", "memory"], False, False),
    "excitation over borders": (["own", "excitation"], False, False),
    "seasonal": (["own", "season"], False, False),
    "contagion, memory, excitation": (["own", "contagion", "memory", "excitation"], False, False),
}


def shipped(report, cells):
    """Losses of what Panj ships, by window; the report must score the same cells."""
    windows = json.loads(pathlib.Path(report).read_text())["windows"]
    loss = {}
    for name in ("ls", "default"):
        quiet = [window["by_kind"][name]["quiet"] for window in windows]
        if [kind["cells"] for kind in quiet] != cells:
            raise SystemExit(f"{report}: scores other cells of quiet units than {sys.argv[1]} has")
        loss[name] = np.array([kind["brier1"] * kind["cells"] for kind in quiet])
    return loss


def blocks(count, block=2, times=2000):
    """Places of windows, drawn again in circular blocks."""
    start = np.random.default_rng(1).integers(0, count, (times, -(-count // block)))
    places = (start[:, :, None] + np.arange(block)) % count
    return places.reshape(times, -1)[:, :count]


def gain(loss, reference):
    """Per cent of the reference's loss, with the interval of windows drawn again for both."""
    luck = blocks(len(loss))
    low, high = np.quantile(100 * (1 - loss[luck].sum(1) / reference[luck].sum(1)), [0.05, 0.95])
    return f"{100 * (1 - loss.sum() / reference.sum()):.2f} [{low:.2f}, {high:.2f}]"


def main():
    frame = read(sys.argv[1])
    y = frame.to_numpy(float)
    groups = columns(y, borders(list(frame.columns)))
    event = np.nan_to_num(y) >= 1
    quiet = np.array([~event[max(0, t - 11): t + 1].any(0) for t in range(len(y))])
    loss = {name: [] for name in IDEAS}
    reference, cells = [], []
    for window in range(2005, 2022):
        origin = (window - 1 - 1990) * 12 + 9
        train = list(range(24, origin - 2, 6))
        for name, (groups_used, only_quiet, balanced) in IDEAS.items():
            x, target, age = sample(y, groups, groups_used, train, lambda n: range(3 + n % 4, 15, 4),
                                    quiet, origin, only_quiet)
            scale = x.std(0)
            scale[scale == 0] = 1
            weight = 0.5 ** (age / 120)
            share = (weight * target).sum() / weight.sum()
            if balanced:
                weight = weight * np.where(target > 0, 0.5 / share, 0.5 / (1 - share))
            b = logistic(x / scale, target, weight)
            if balanced:  # back to the true share
                b[0] += np.log(share / (1 - share))
            test, outcome, _ = sample(y, groups, groups_used, [origin], lambda n: range(3, 15), quiet,
                                      len(y) - 1, True)
            p = 1 / (1 + np.exp(-(test / scale) @ b))
            loss[name].append(((p - outcome) ** 2).sum())
        reference.append(outcome.sum())
        cells.append(len(outcome))
    reference = np.array(reference)
    loss = {name: np.array(values) for name, values in loss.items()}
    loss |= shipped(sys.argv[2], cells)
    print("| Idea | over conflictology-12 | over the pool | over all rows |\n|---|---|---|---|")
    for name, values in loss.items():
        gains = [gain(values, of) for of in (reference, loss["default"], loss["all rows (as ls)"])]
        print(f"| {name} | " + " | ".join(gains) + " |", flush=True)


if __name__ == "__main__":
    main()
