#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A node with six members under load: publish, pages over TLS by wrk, polls, a drain, hostile connections.

Usage: bench/share.py [PROGRAM] [--objects N] [--seconds N] [--hostile N]
Ends with each figure beside what was set out for it.
PROGRAM is panj, of the release build when not given. wrk is Debian's. Processor time beside wall time, as
wrk and the server share the machine. SHARING's peers, measured without TLS on two cores: medallion 3.0.0
0.3 pages/s at 1,000 objects, OpenTAXII 14 pages/s and 10.2 s for a drain at 10,000.
"""
import argparse
import base64
import contextlib
import csv
import http.client
import json
import os
import random
import re
import resource
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

MEMBERS = ["KZ", "KG", "RU", "AM", "BY", "dashboard"]
PASSWORD = "four unrelated words"
TYPE = "application/taxii+json;version=2.1"

FIGURES = []  # what, measured, wanted, whether it is met


def figure(what, measured, unit, at_least=None, at_most=None):
    wanted = f"at least {at_least:g}" if at_least is not None else f"at most {at_most:g}"
    is_met = measured >= at_least if at_least is not None else measured <= at_most
    FIGURES.append((what, f"{measured:.4g} {unit}", f"{wanted} {unit}", is_met))


def run(program, *arguments):
    """Output, wall seconds and processor seconds."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run([program, "share", *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return process.stdout.decode(), time.perf_counter() - start, processor


def write_incidents(path, rows):
    rng = random.Random(1)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow("id date type place admin1 country longitude latitude place_precision "
                        "deaths_low deaths_best deaths_high credibility note".split())  # fmt: skip
        for i in range(rows):
            date = f"{rng.randint(2000, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            deaths = rng.randint(0, 9)
            writer.writerow([
                i, date, "armed_attack", f"Post {rng.randint(1, 99)}", "Khatlon", "Tajikistan",
                round(rng.uniform(67, 75), 4), round(rng.uniform(36, 38), 4), "admin2", deaths,
                deaths, deaths + 2, rng.randint(1, 6), "Attack on a post, reported by the district.",
            ])  # fmt: skip


def make_node(program, folder, name, objects):
    """A node whose members were released `objects` objects; each incident comes with a location."""
    node, rows, work = f"{folder}/{name}", f"{folder}/{name}.csv", f"{folder}/{name}-work"
    write_incidents(rows, objects // 2)
    subprocess.run([program, "ingest", work, rows], check=True, capture_output=True)
    run(program, "init", node, "--name", "TJ")
    run(program, "init", f"{folder}/{name}-KZ", "--name", "KZ")
    run(program, "member", "add", f"{folder}/{name}-KZ", f"{node}/card.json")
    for member in MEMBERS:
        who = [f"{folder}/{name}-KZ/card.json"] if member == "KZ" else ["--name", member]
        run(program, "member", "add", node, *who, "--password-file", f"{folder}/password")
    _, wall, processor = run(
        program, "publish", node, work, "--level", "amber", "--release", ",".join(MEMBERS)
    )
    print(f"publish {objects} objects to {len(MEMBERS)} members: {objects / wall:.0f}/s, ", end="")
    print(f"{objects / processor:.0f} per processor second")
    if objects >= 10_000:  # Fewer are most of all the program's start.
        figure(f"publish {objects} objects, signed and audited", objects / wall, "objects/s", at_least=3000)
    return node


@contextlib.contextmanager
def serving(program, node):
    process = subprocess.Popen(
        [program, "share", "serve", node, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE
    )
    port = int(re.search(rb":(\d+)/", process.stdout.readline()).group(1))
    try:
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024


def authorization():
    return "Basic " + base64.b64encode(f"KZ:{PASSWORD}".encode()).decode()


def connect(port):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection("127.0.0.1", port, context=context)


def get(connection, path):
    connection.request("GET", path, headers={"Authorization": authorization(), "Accept": TYPE})
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, (response.status, body[:200])
    return json.loads(body), response.headers


def objects_path(port):
    collections, _ = get(connect(port), "/share/collections/")
    return f"/share/collections/{collections['collections'][0]['id']}/objects/"


def wrk(what, port, pid, path, options):
    before = processor_seconds(pid)
    output = subprocess.run(
        ["wrk", "-t2", "-c16", f"-d{options.seconds}s", "--latency", "-H", f"Accept: {TYPE}",
         "-H", f"Authorization: {authorization()}", f"https://127.0.0.1:{port}{path}"],
        check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    processor = processor_seconds(pid) - before
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    latency = dict(re.findall(r"(50|99)%\s+([\d.]+\w+)", output))
    print(f"{what}: {rate:.0f} requests/s, p50 {latency['50']}, p99 {latency['99']}, ", end="")
    print(f"{requests / processor:.0f} per processor second of the server")
    assert "Non-2xx" not in output, re.search(r"Non-2xx.*", output).group(0)
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", latency["99"]).groups()
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def polls(name, port, path):
    """One member that asks again and again for what is new, on one connection."""
    connection, waits = connect(port), []
    for _ in range(1000):
        start = time.perf_counter()
        page, _ = get(connection, f"{path}?added_after=2100-01-01T00:00:00Z")
        waits.append(1000 * (time.perf_counter() - start))
        assert page == {}
    waits.sort()
    print(f"{name}: an empty poll takes {waits[500]:.2f} ms, 99% at most {waits[990]:.2f} ms")
    figure(f"empty poll of {name}, median", waits[500], "ms", at_most=2)


def pages(name, node, options):
    """Pages of 100 a second."""
    with serving(options.program, node) as (port, pid):
        path = objects_path(port)
        page, headers = get(connect(port), f"{path}?limit=100&match[type]=incident")
        middle = headers["X-TAXII-Date-Added-Last"]
        queries = {"first page of 100": "", "page of 100 further on": f"&added_after={middle}"}
        for what, query in queries.items():
            rate, worst = wrk(f"{name}: {what}", port, pid, f"{path}?limit=100{query}", options)
            figure(f"{what} of {name}", rate, "pages/s", at_least=1000)
            figure(f"{what} of {name}, p99", worst, "ms", at_most=20)
        wrk(f"{name}: nothing new", port, pid, f"{path}?added_after=2100-01-01T00:00:00Z", options)
        polls(name, port, path)
        print(f"{name}: {peak_megabytes(pid):.0f} MB at most")
        return rate


def drain(node, objects, options):
    with serving(options.program, node) as (port, _):
        connection, path = connect(port), objects_path(port)
        start, found, query = time.perf_counter(), 0, "?limit=100"
        while query:
            page, _ = get(connection, path + query)
            found += len(page["objects"])
            query = f"?limit=100&next={page['next']}" if page.get("more") else ""
        took = time.perf_counter() - start
        print(f"drain of {found} objects in pages of 100: {took:.2f} s")
        figure(f"drain of {found} objects", took, "s", at_most=2)
        assert found >= objects
        _, wall, processor = run(
            options.program, "pull", f"{node}-KZ", f"https://127.0.0.1:{port}", "--password-file",
            os.path.dirname(node) + "/password", "--ca", f"{node}/tls/certificate.pem",
        )  # fmt: skip
        print(f"panj share pull of the same, checked and stored: {wall:.2f} s, ", end="")
        print(f"{processor:.2f} s of processor time")


def hostile_connection(port, kind):
    """A head or body that never ends, huge chunks, deep JSON or a long list of a member that may write, a guess."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=30))
    head = f"POST {{}} HTTP/1.1\r\nHost: x\r\nContent-Type: {TYPE}\r\n"
    head += f"Authorization: {authorization()}\r\n"
    if kind == 0:
        connection.sendall(b"GET /taxii2/ HTTP/1.1\r\nX-Slow: ")
    elif kind == 1:
        text = head.format(hostile_connection.path) + "Transfer-Encoding: chunked\r\n\r\n"
        connection.sendall(text.encode() + b"ffffffff\r\n" + b"x" * 4096)
    elif kind == 2:
        text = head.format(hostile_connection.path) + "Content-Length: 16000000\r\n\r\n"
        connection.sendall(text.encode() + b"[" * 60_000)
    elif kind == 3:
        text = head.format(hostile_connection.path) + "Content-Length: 60000\r\n\r\n"
        connection.sendall(text.encode() + b'{"objects":' + b"[" * 59_989)
    elif kind == 4:
        text = head.format(hostile_connection.path) + "Content-Length: 1500013\r\n\r\n"
        connection.sendall(text.encode() + b'{"objects":[1' + b",{}" * 499_999 + b"]} ")
    else:
        guess = base64.b64encode(f"KZ:{os.urandom(6).hex()}".encode()).decode()
        text = f"GET /taxii2/ HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {guess}\r\n\r\n"
        connection.sendall(text.encode())
    return connection


def open_hostile(port, kinds, options):
    connections, lock = [], threading.Lock()

    def open_some(first):
        for i in range(first, options.hostile, 8):
            with contextlib.suppress(OSError):
                connection = hostile_connection(port, kinds[i % len(kinds)])
                with lock:
                    connections.append(connection)

    openers = [threading.Thread(target=open_some, args=(i,)) for i in range(8)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    return connections


def hostile(node, options):
    with serving(options.program, node) as (port, pid):
        hostile_connection.path = objects_path(port)
        at_rest = peak_megabytes(pid)
        connections = open_hostile(port, [0, 1, 2, 3], options)
        waits = []
        for _ in range(100):
            start = time.perf_counter()
            get(connect(port), hostile_connection.path + "?limit=10")
            waits.append(time.perf_counter() - start)
        print(f"{len(connections)} of {options.hostile} hostile connections open: ", end="")
        figure(f"memory under {options.hostile} hostile connections", peak_megabytes(pid), "MB", at_most=200)
        print(f"{peak_megabytes(pid):.0f} MB at most ({at_rest:.0f} at rest), a member's request ", end="")
        print(f"takes {1000 * sorted(waits)[50]:.0f} ms, at most {1000 * max(waits):.0f} ms")
        for connection in connections:
            connection.close()
        open_hostile(port, [4, 5], options)
        print(f"as many that post long lists or guess passwords: {peak_megabytes(pid):.0f} MB at most")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default="build/release/app/panj")
    parser.add_argument("--objects", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--hostile", type=int, default=1000)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/password", "w", encoding="ascii") as file:
            file.write(PASSWORD + "\n")
        rates = {}
        for objects in sorted({1_000, 10_000, options.objects}):
            node = make_node(options.program, folder, f"n{objects}", objects)
            rates[objects] = pages(f"{objects} objects", node, options)
            if objects == 10_000:
                drain(node, objects, options)
        change = 100 * abs(rates[max(rates)] / rates[min(rates)] - 1)
        figure(f"change of pages/s from {min(rates)} to {max(rates)} objects", change, "%", at_most=20)
        hostile(node, options)
    print()
    for what, measured, wanted, is_met in FIGURES:
        print(f"{'met   ' if is_met else 'MISSED'} {what}: {measured} ({wanted})")


if __name__ == "__main__":
    main()
