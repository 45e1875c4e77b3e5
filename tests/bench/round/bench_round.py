"""The monthly round of a province, over HTTP, on the database that is named: what a person waits for at each step.

    bench_round.py sqlite|mariadb [CUSTOMERS]

Prints `series nanoseconds` a line, and how many customers the round is about. Wants PYTHONPATH=tests/http and QUDAO_NATIVE.
"""
import subprocess
import sys
import time

from support.api import Api
from support.databases import QUDAO, empty
from support.server import Server

PERIOD = 202610  # its window is open on the demonstration's day, 18 November 2026


def main(kind, customers):
    database = empty(kind)
    subprocess.run([QUDAO, "demo", "--db", database.url, "--customers", customers, "--seed", "5"], check=True, stdout=subprocess.DEVNULL)
    with Server(database) as server:
        admin, department = Api(server, "qudao_admin", timeout=300), Api(server, "dep_key", timeout=300)
        channels = {one["code"]: one["id"] for one in admin.get("/api/v1/organisation?after=0")["channels"]}
        mine = [{"field": "period", "op": "equal", "values": [PERIOD]}, {"field": "department", "op": "equal", "values": [channels["key_account"]]}]

        def timed(series, step):
            start = time.perf_counter_ns()
            done = step()
            print(f"{kind}_{series} {time.perf_counter_ns() - start}", flush=True)
            return done

        def act(name):
            return admin.call("POST", f"/api/v1/rounds/{PERIOD}/act", {"act": name}, expect=200).json

        gathered = timed("gather", lambda: act("gather"))["gathered"]
        print(f"# {gathered} new customers of {customers}")
        timed("give", lambda: act("give"))
        listed = timed("list", lambda: sum(1 for _ in department.pages("round-marks", filters=mine)))
        if listed != gathered:
            sys.exit(f"round: {listed} of {gathered} are in the list")
        timed("close", lambda: admin.call("PUT", "/api/v1/demo-date", {"day": "2026-12-04"}, expect=200))
        closed = admin.get(f"/api/v1/rounds/{PERIOD}")
        if closed["phase"] != "closed" or not closed["locked"]:
            sys.exit(f"round: not closed: {closed}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "1000000")
