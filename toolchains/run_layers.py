#!/usr/bin/env python3
"""Runs test layers that are already built and adds up what they say. Called by toolchains/test.

A layer consists of the ctests labelled with its name in the builds that serve it, and of tests/<layer>/run.
Both report in lines that are counted here: Catch2's summary, or 'N passed, N failed' (', N skipped').
Exit code 77 of a run script means: a component is missing, the reason was printed."""
import argparse
import json
import os
import re
import subprocess
import sys
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SKIPPED = 77
LIMIT_S = 45 * 60

CATCH_ALL = re.compile(r"^All tests passed \(\d+ assertions? in (\d+) test cases?\)$")
CATCH_SOME = re.compile(r"^test cases: +\d+(?: \| +(\d+) passed)?(?: \| +(\d+) failed)?(?: \| +\d+ failed as expected)?$")
COUNTS = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, passed, failed, skipped=0):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped


def read_counts(line):
    """(passed, failed, skipped) if the line is a summary, else None."""
    line = re.sub(r"\x1b\[[0-9;]*m", "", line).strip()
    if match := CATCH_ALL.match(line):
        return int(match[1]), 0, 0
    if match := CATCH_SOME.match(line):
        return int(match[1] or 0), int(match[2] or 0), 0
    if match := COUNTS.match(line):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    return None


def run(name, command, cwd, tally, environment=None):
    """Shows the command's output as it comes, counts its summaries, and counts what those leave out."""
    print(f"--- {name}", flush=True)
    started = time.monotonic()
    before = tally.failed
    summaries = 0
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               env={**os.environ, **(environment or {})}, text=True, errors="replace")
    for line in process.stdout:
        print("    " + line, end="", flush=True)
        if counts := read_counts(line):
            tally.add(*counts)
            summaries += 1
        if time.monotonic() - started > LIMIT_S:
            process.kill()
    code = process.wait()
    if code == SKIPPED and not summaries:
        tally.add(0, 0, 1)
    elif code != 0 and tally.failed == before:
        print(f"    {name}: exit code {code}", flush=True)
        tally.add(0, 1)
    elif code == 0 and tally.failed > before:
        print(f"    {name}: says that something failed, but exits with 0", flush=True)
    elif code == 0 and not summaries:
        tally.add(1, 0)
    print(f"    ({time.monotonic() - started:.1f} s)", flush=True)


def ctests(preset, layer):
    """The commands of the ctests with that label, as ctest itself would run them."""
    build = os.path.join(TOP, "build", preset)
    if not os.path.isfile(os.path.join(build, "CTestTestfile.cmake")):
        return
    listing = subprocess.run(["ctest", "--show-only=json-v1", "-L", f"^{layer}$"], cwd=build,
                             stdout=subprocess.PIPE, check=True)
    for test in json.loads(listing.stdout)["tests"]:
        properties = {entry["name"]: entry["value"] for entry in test.get("properties", [])}
        yield test["name"], test.get("command"), properties.get("WORKING_DIRECTORY", build)


def was_built(command):
    """Whether the program of a ctest command (behind node and its flags, in WASM) is there."""
    built = os.path.join(TOP, "build") + os.sep
    return any(part.startswith(built) and os.path.isfile(part) for part in command or [])


def run_layer(layer, presets, tally):
    found = False
    for preset in presets:
        for name, command, cwd in ctests(preset, layer):
            found = True
            if not was_built(command):
                print(f"--- {layer}: {name} ({preset}) was not built", flush=True)
                tally.add(0, 1)
                continue
            run(f"{layer}: {name} ({preset})", command, cwd, tally)
    script = os.path.join(TOP, "tests", layer, "run")
    if os.access(script, os.X_OK):
        found = True
        run(f"{layer}: tests/{layer}/run", [script], TOP, tally)
    if not found:
        print(f"--- {layer}: there are no tests of this layer", flush=True)
        tally.add(0, 0, 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checked", required=True)
    parser.add_argument("layers", nargs="+")
    options = parser.parse_args()
    presets = {"tidy": [], "unit": [options.checked, "wasm-release"], "contract": [options.checked],
               "simulation": [options.checked], "identity": ["native-release", "wasm-release"],
               "fuzz": [], "http": ["native-release"], "browser": ["native-release"], "bench": ["native-release"]}
    in_ci = os.environ.get("CI") == "true"
    total, rows = Tally(), []
    for layer in options.layers:
        tally = Tally()
        started = time.monotonic()
        run_layer(layer, presets[layer], tally)
        if in_ci and tally.skipped:
            print(f"    {layer}: {tally.skipped} skipped, which counts as failed where CI=true", flush=True)
            tally.failed += tally.skipped
            tally.skipped = 0
        rows.append((layer, tally, time.monotonic() - started))
        total.add(tally.passed, tally.failed, tally.skipped)
    print("\nlayer         passed  failed  skipped     time")
    for layer, tally, elapsed_s in rows:
        print(f"{layer:12s} {tally.passed:7d} {tally.failed:7d} {tally.skipped:8d} {elapsed_s:7.1f}s")
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if total.failed or not total.passed else 0


sys.exit(main())
