"""The server is killed (SIGKILL) at seeded points while it commits or undoes a few thousand rows: before, within and
after the transaction, also between the commit and the answer. Each time everything or nothing is there, in every table,
and the same order sent again gives the one answer it has. Where the points lay is counted and printed, and too few of a
kind are a failure: before the order was accepted, in each phase of the work, committed but not yet answered, answered.

QUDAO_KILLS sets how often (default 100 a database), QUDAO_SEED the seed, which is printed."""
import collections
import concurrent.futures
import os
import random
import socket
import time
import unittest

from support.api import Api, move_rows, new_key
from support.databases import KINDS, demonstration
from support.server import Server

KILLS = int(os.environ.get("QUDAO_KILLS", "100"))
SEED = int(os.environ.get("QUDAO_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
ROWS = 2000
GONE = (OSError, EOFError, socket.timeout)


class Killing:
    """One database, killed again and again."""

    def __init__(self, kind):
        self.kind = kind
        self.random = random.Random(f"{SEED} {kind}")
        self.database = demonstration(kind, customers=12000)
        self.server = Server(self.database)
        self.api = Api(self.server, "qudao_admin")
        units = self.api.organisation()
        communities = [unit for unit in units.values() if unit["kind"] == "community" and unit["active"] and unit["code"].startswith("4501")
                       and unit["channel"] == units["450103GZ0201"]["channel"]]
        self.targets = communities[:2]
        ids = {unit["id"] for unit in self.targets}
        everyone = self.api.pages("customers", filters=[{"field": "channel", "op": "equal", "values": [communities[0]["channel"]]},
                                                        {"field": "locked_until", "op": "has_no_data", "values": []}])
        self.codes = [row["code"] for row in everyone if row["place"] not in ids][:ROWS]
        assert len(self.codes) == ROWS, len(self.codes)
        self.last_batch = None
        self.points = collections.Counter()  # where the kills fell
        self.duration = 60.0
        # From here on everybody named is at one of the two targets, and every order moves all of them.
        for at in (0, 1, 0, 1, 0):
            order = self.api.commit_order(move_rows([(code, self.targets[at]["code"]) for code in self.codes]))
            began = time.monotonic()
            self.api.call("POST", "/api/v1/moves", order, expect=202)
            job = self.api.wait_for(order["key"])
            assert job["state"] == "done", job
            self.duration = min(self.duration, time.monotonic() - began)
        self.at = 0

    def counts(self):
        """Of everything a batch writes, in one statement: one moment."""
        where = f"place_id = {self.targets[0]['id']}"
        return self.database.sql(
            "select (select count(*) from batch), (select count(*) from adjustment), (select sum(version) from customer), "
            f"(select count(*) from customer where {where}), (select coalesce(sum(customers), 0) from handover), "
            "(select count(*) from outcome where body is not null), (select count(*) from outcome);")[0]

    def order(self):
        """(path, body, whether the first target gains them): a move of all to the other target, or the last batch undone."""
        key = new_key()
        gains = self.at == 1
        if self.last_batch and self.random.random() < 0.3:
            plan = self.api.get(f"/api/v1/batches/{self.last_batch}/undo-plan")
            if sum(count["count"] for count in plan["verdicts"] if count["code"] == "moved") == ROWS:
                return f"/api/v1/batches/{self.last_batch}/undo", {"key": key, "digest": plan["digest"]}, gains
        rows = move_rows([(code, self.targets[1 - self.at]["code"], "note") for code in self.codes])
        return "/api/v1/moves", self.api.commit_order(rows, key=key), gains

    def send_and_kill(self, path, body, batches_before):
        """Kills at a random moment, and returns where that was: 'sent', a phase, or 'answered'. One time in eight nobody asks
        how far it is, and the kill comes as soon as the commit can be seen from outside: before any answer about it."""
        watch = self.random.random() < 0.125
        # From before the request is written until well after it is usually done.
        delay = self.random.uniform(0, self.duration * 1.2)
        reached = "sent"

        def kill():
            until = time.monotonic() + (10 if watch else delay)
            while time.monotonic() < until:
                if watch and self.database.sql("select count(*) from batch;")[0][0] > batches_before:
                    break
                time.sleep(min(0.002, max(0.0, until - time.monotonic())))
            self.server.kill()

        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            killed = pool.submit(kill)
            try:
                self.api.call("POST", path, body, expect=202)
                reached = "accepted"
                while not killed.done():
                    if not watch:
                        job = self.api.get(f"/api/v1/jobs/{body['key']}")
                        reached = "answered" if job["state"] == "done" else job["phase"] or reached
                    time.sleep(0.003)
            except GONE + (AssertionError,):
                pass
            except Exception as error:  # http.client says the same in many ways
                if not type(error).__module__.startswith("http."):
                    raise
            killed.result()
        return reached

    def difference(self, base, gains):
        """0 or 1 batches; fails when anything does not fit that number."""
        now = self.counts()
        done = now[0] - base[0]
        sign = 1 if gains else -1
        expected = (base[0] + done, base[1] + done * ROWS, base[2] + done * ROWS, base[3] + sign * done * ROWS, base[4] + done * ROWS,
                    base[5] + done, base[6] + done)
        assert done in (0, 1) and tuple(now) == expected, f"{self.kind}: {now} after {base}, {done} batches"
        return done

    def resume(self):
        self.server = Server(self.database)
        cookie, csrf = self.api.cookie, self.api.csrf
        self.api.disconnect()
        self.api = Api(self.server)
        self.api.cookie, self.api.csrf = cookie, csrf  # sessions are in the database

    def once(self):
        base = self.counts()
        path, body, gains = self.order()
        reached = self.send_and_kill(path, body, base[0])
        self.difference(base, gains)
        self.resume()
        done = self.difference(base, gains)
        known = self.database.sql("select max(id) from batch;")[0][0] if done else None
        if done and reached != "answered":
            reached = "committed, not answered"
        assert done or reached != "answered", "it was said to be done"
        self.points[reached] += 1
        answers = []
        for _ in range(2):
            self.api.call("POST", path, body, expect=202)
            job = self.api.wait_for(body["key"])
            assert job["state"] == "done", job
            answers.append(job["batch"])
        assert answers[0] == answers[1], answers
        assert known in (None, answers[0]["id"]), (known, answers)
        assert answers[0]["moved"] == ROWS, answers
        assert self.difference(base, gains) == 1
        self.last_batch = answers[0]["id"]
        self.at = 1 - self.at

    def check_history(self):
        """The log explains every place and every version."""
        wrong = self.database.sql(
            "select count(*) from customer c join adjustment a on a.customer_id = c.id and a.version_after = c.version where a.to_unit <> c.place_id;")[0][0]
        assert wrong == 0, wrong
        steps = self.database.sql("select count(*) from (select from_unit, lag(to_unit) over (partition by customer_id order by valid_from) as left_at "
                                  "from adjustment) as log where left_at is not null and left_at <> from_unit;")[0][0]
        assert steps == 0, steps
        if self.kind == "sqlite":
            assert self.database.sql("pragma integrity_check;") == [("ok",)]

    def run(self):
        try:
            for _ in range(KILLS):
                self.once()
            self.check_history()
            return self
        finally:
            self.server.kill()


class Kill(unittest.TestCase):
    pool = None
    runs = {}

    @classmethod
    def setUpClass(cls):
        print(f"      seed {SEED}, {KILLS} kills a database, {ROWS} rows each", flush=True)
        cls.pool = concurrent.futures.ThreadPoolExecutor(len(KINDS))
        # Side by side: each has a database of its own.
        cls.runs = {kind: cls.pool.submit(lambda kind=kind: Killing(kind).run()) for kind in KINDS}

    @classmethod
    def tearDownClass(cls):
        cls.pool.shutdown()

    def outcome(self, kind):
        done = self.runs[kind].result()
        where = ", ".join(f"{place} {count}" for place, count in done.points.most_common())
        print(f"      {kind}: killed {KILLS} times, a commit takes {done.duration:.2f} s: {where}", flush=True)
        if KILLS >= 100:  # the points must lie on all sides to show anything
            within = sum(count for place, count in done.points.items() if place not in ("sent", "answered", "committed, not answered"))
            self.assertGreaterEqual(within, 10)
            self.assertGreaterEqual(done.points["committed, not answered"], 3)

    def test_on_sqlite(self):
        self.outcome("sqlite")

    def test_on_mariadb(self):
        self.outcome("mariadb")
