#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Panj's reader beside pandas, and its ingest beside ogr2ogr, on one synthetic GED-like file.

Usage: bench/ingest.py [PROGRAM] [READER] [--rows N] [--rounds N]
PROGRAM is panj, READER the benchmark read_incidents; both are taken from the release build when not
given. The tools take turns in each round; medians of wall time, processor time and the largest memory are printed.
"""
import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low "
    "gwnoa gwnob"
).split()
SENTENCE = "Several people were reported killed in clashes near the town, officials say, "


def synthetic_row(number, rng):
    """A row in the published form, about as long as UCDP's are (650 bytes)."""
    latitude, longitude = round(rng.uniform(-35, 45), 6), round(rng.uniform(-100, 120), 6)
    cell = int((latitude + 90) * 2) * 720 + int((longitude + 180) * 2) + 1
    date = f"{rng.randint(1989, 2023)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    side_a, side_b, civilians = rng.randint(0, 5), rng.randint(0, 9), rng.randint(0, 3)
    best = side_a + side_b + civilians
    place = f"Place {rng.randint(1, 9999)}"
    headline = SENTENCE[: rng.randint(30, 70)]
    return [
        number, f"XXX-{date[:4]}-1-{number}", date[:4], 1, "Clear", rng.randint(1, 3), 333, 333,
        "Country: Government", 735, 735, "Government of Country - Rebels", 130, 130,
        "Government of Country", 303, 303, "Rebels", rng.choice([-1, 1, 1, 2, 3]),
        f'"Agency,{date},{headline}"', "Agency", date, headline, "Officials and witnesses",
        rng.randint(1, 7), place, f"{place}, some 12 km north of the district's centre",
        f"Province {rng.randint(1, 40)}", f"District {rng.randint(1, 400)}", latitude, longitude,
        f"POINT ({longitude} {latitude})", cell, "Country", 700, "Asia", 1, 1, date, date, side_a,
        side_b, civilians, 0, best, best + rng.randint(0, 4), max(0, best - 1), 700, "NA",
    ]  # fmt: skip


def write_file(path, rows):
    rng = random.Random(1)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(synthetic_row(number, rng) for number in range(1, rows + 1))


def measure(command):
    """Wall seconds, processor seconds and peak memory in MB of one run.

    A command that prints a number of seconds first has timed the reading itself, without its own
    start (Python's imports take half a second).
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    seconds = time.perf_counter() - start
    try:
        seconds = float(output.split()[0])
    except (IndexError, ValueError):
        pass
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default="build/release/app/panj")
    parser.add_argument("reader", nargs="?", default="build/release/bench/read_incidents")
    parser.add_argument("--rows", type=int, default=320_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "GEDEvent_v0_0.csv")
        write_file(path, options.rows)
        pandas = "import sys, time, pandas; s = time.perf_counter(); pandas.read_csv(sys.argv[1]);"
        pandas += "print(time.perf_counter() - s)"
        points = ["-oo", "X_POSSIBLE_NAMES=longitude", "-oo", "Y_POSSIBLE_NAMES=latitude"]
        ogr = ["ogr2ogr", "-f", "GPKG"]
        tools = {
            "bare reader": lambda i: [options.reader, path],
            "pandas": lambda i: ["/usr/bin/python3", "-c", pandas, path],
            "panj ingest": lambda i: [options.program, "ingest", f"{folder}/work{i}", path],
            "ogr2ogr (table)": lambda i: [*ogr, f"{folder}/table{i}.gpkg", path],
            "ogr2ogr (points)": lambda i: [*ogr, *points, f"{folder}/points{i}.gpkg", path],
        }
        runs = {name: [] for name in tools}
        for i in range(options.rounds):
            for name, command in tools.items():
                runs[name].append(measure(command(i)))
        print(f"{options.rows} rows, {os.path.getsize(path) / 1e6:.0f} MB, {options.rounds} rounds")
        median = {n: [statistics.median(v) for v in zip(*r)] for n, r in runs.items()}
        for name, (wall, processor, memory) in median.items():
            rate = options.rows / wall
            print(f"{name:17} {wall:7.2f} s, {rate:9.0f} rows/s, ", end="")
            print(f"processor {processor:.2f} s, {memory:.0f} MB")
        pairs = [("bare reader", "pandas")]
        pairs += [("panj ingest", f"ogr2ogr ({kind})") for kind in ("table", "points")]
        for ours, other in pairs:
            wall, processor = (median[other][i] / median[ours][i] for i in range(2))
            print(f"{ours} beside {other}: {wall:.1f} times as fast, ", end="")
            print(f"{processor:.1f} times by processor time")


if __name__ == "__main__":
    main()
