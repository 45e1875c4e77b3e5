"""Feeds from upload to placed customers, cabinets and number ranges, and a program killed in the middle of an import."""
import base64
import os
import random
import subprocess
import tempfile
import time
import unittest
import urllib.parse

from support.api import Api
from support.databases import KINDS, QUDAO, demonstration, qudao
from support.server import Server

KILLS = int(os.environ.get("QUDAO_FEED_KILLS", "8"))
SEED = int(os.environ.get("QUDAO_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
COLUMNS = "access_number|name|address|status|contract|billing_area|installed_on|cabinet"


def feed(kind, day, source, columns, lines):
    return "\n".join([f"#qudao-feed|{kind}|1|{day}|UTF-8|{source}", columns, *lines, f"#end|{len(lines)}"]) + "\n"


def subscribers(lines, day="2026-11-18"):
    return feed("subscribers", day, "billing", COLUMNS, lines)


PART_BYTES = 768 * 1024  # of an upload, but the last


class Feeds:
    kind = ""

    @classmethod
    def setUpClass(cls):
        cls.database = demonstration(cls.kind, customers=300)
        cls.server = Server(cls.database)
        cls.admin = Api(cls.server, "qudao_admin")
        cls.units = cls.admin.organisation()
        cls.home = cls.units["450103GZ0201"]
        cls.names = {unit["id"]: code for code, unit in cls.units.items()}

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def upload(self, kind, text, part_bytes=PART_BYTES, name="test.txt"):
        data = text if isinstance(text, bytes) else text.encode()
        run = self.admin.post("/api/v1/feed-runs", {"kind": kind, "file_name": name, "bytes": len(data)}, expect=201)
        for at in range(0, len(data), part_bytes):
            body = base64.b64encode(data[at:at + part_bytes]).decode()
            self.admin.call("PUT", f"/api/v1/feed-runs/{run['id']}/parts/{at // part_bytes + 1}", {"body": body}, expect=200)
        job = self.admin.post(f"/api/v1/feed-runs/{run['id']}/import", {}, expect=202)
        return run["id"], self.admin.wait_for(job["key"])

    def done(self, kind, text, **options):
        run, job = self.upload(kind, text, **options)
        self.assertEqual(job["state"], "done", job)
        self.assertEqual(job["result"]["id"], run)
        return self.admin.get(f"/api/v1/feed-runs/{run}")

    def held(self, run):
        return self.database.sql(f"select count(*), coalesce(sum(length(body)), 0) from feed_part where run_id = {run};")[0]

    def test_an_upload_holds_what_it_was_said_to_and_no_more(self):
        def send(run, part, data):
            return self.admin.call("PUT", f"/api/v1/feed-runs/{run}/parts/{part}", {"body": base64.b64encode(data).decode()})
        begin = lambda size: self.admin.post("/api/v1/feed-runs", {"kind": "arrears", "file_name": "x.txt", "bytes": size}, expect=201)["id"]  # noqa: E731
        small = begin(100)
        for part, data in ((1, b"x" * 99), (1, b"x" * 101), (1, b"x" * PART_BYTES), (2, b"x"), (2, b"x" * 100), (10**6, b"x" * 100), (2**40, b"x")):
            self.assertEqual((send(small, part, data).status, send(small, part, data).code), (422, "feed.part"), (part, len(data)))
        self.assertEqual(self.held(small), (0, 0))
        self.assertEqual([send(small, 1, b"x" * 100).status for _ in range(2)], [200, 200])  # again replaces
        large = begin(PART_BYTES + 7)
        self.assertEqual([send(large, part, b"x" * size).status for part, size in ((1, PART_BYTES), (2, 7), (2, 8), (3, 1))], [200, 200, 422, 422])
        # Of those that wait no more than four a person are kept, and none longer than a day.
        more = [begin(10) for _ in range(3)]
        self.assertEqual([self.held(run)[0] for run in (small, large)], [0, 2])
        self.assertEqual(self.admin.get(f"/api/v1/feed-runs/{small}")["error"], "feed.abandoned")
        self.assertEqual(send(small, 1, b"x" * 100).code, "feed.unknown_upload")
        self.database.sql(f"update feed_run set started_at = started_at - 90000000 where id = {large};")
        Api(self.server, "sysadmin").post("/api/v1/feed-runs", {"kind": "arrears", "file_name": "x.txt", "bytes": 1}, expect=201)
        self.assertEqual((self.held(large)[0], self.admin.get(f"/api/v1/feed-runs/{large}")["state"]), (0, "refused"))
        self.assertEqual([self.admin.get(f"/api/v1/feed-runs/{run}")["state"] for run in more], ["received"] * 3)

    def test_the_name_of_a_file_is_text_and_no_path(self):
        for number, name in enumerate(("../../../../etc/passwd", "/etc/passwd", "C:\\\\windows\\\\x", "%2e%2e%2fx", "甲<b>'\".txt")):
            with self.subTest(name=name):
                self.upload("arrears", feed("arrears", "2026-11-18", "billing", "access_number|amount|since", [f"x{number}"]), name=name)
                self.assertEqual(self.admin.get("/api/v1/feeds")["runs"][0]["file_name"], name)

    def test_a_file_of_several_parts_is_read_across_them(self):
        lines = [f"0771777{number:04}|{'长' * 90}|{'路' * 90}|在用|4788{number:08}|450103|2026-11-17|" for number in range(1600)]
        text = subscribers(lines)
        self.assertGreater(len(text.encode()), PART_BYTES)
        before = self.database.sql("select count(*) from subscriber;")[0][0]
        run = self.done("subscribers", text, name="parts.txt")
        self.assertEqual((run["read"], run["fresh"], run["rejected"]), (1600, 1600, 0))
        self.assertEqual(self.database.sql("select count(*) from subscriber;")[0][0], before + 1600)

    def cabinet(self, code, unit, version=0, name="", expect=200):
        return self.admin.call("PUT", f"/api/v1/cabinets/{code}", {"name": name, "unit": unit, "version": version}, expect=expect)

    def test_1_new_subscribers_are_placed_and_say_why(self):
        self.cabinet("T-HTTP-1", self.home["id"], name="民族大道")
        lines = ["07716660001|新客户|民族大道1号|在用|479900000001|450103|2026-11-17|T-HTTP-1",
                 "07716660002|等候的|民族大道2号|在用|479900000002|450103|2026-11-17|",
                 "07716660003||民族大道3号|在用|479900000003|450103||"]
        run = self.done("subscribers", subscribers(lines))
        self.assertEqual((run["read"], run["fresh"], run["rejected"], run["customers"], run["pooled"], run["state"]), (3, 2, 1, 2, 1, "done"))
        rejected = self.admin.get(f"/api/v1/feed-runs/{run['id']}/rejected")
        self.assertEqual([(line["line"], line["reason"], line["field"]) for line in rejected["lines"]], [(5, "missing", "name")])
        self.assertEqual(self.admin.get(f"/api/v1/feed-runs/{run['id']}/rejected?after=5")["lines"], [])
        feeds = self.admin.get("/api/v1/feeds")
        state = next(one for one in feeds["feeds"] if one["kind"] == "subscribers")
        self.assertEqual((state["days_late"], state["due_on"], state["last"]["id"]), (0, "2026-11-19", run["id"]))
        self.assertEqual(state["last"]["person_name"], self.admin.session["name"])
        never = next(one for one in feeds["feeds"] if one["kind"] == "lines")
        self.assertEqual((never.get("last"), never["due_on"]), (None, "2026-11-18"))  # one that never came is wanted now

        rows = [row for row in self.admin.pages("customers", filters=[{"field": "contract", "op": "prefix", "values": ["4799000000"]}])]
        self.assertEqual({row["name"]: self.names[row["place"]] for row in rows}, {"新客户": "450103GZ0201", "等候的": "450103GZW0"})
        page = self.admin.get("/api/v1/customers/" + next(row["code"] for row in rows if row["name"] == "新客户"))
        self.assertEqual([one["access_number"] for one in page["subscribers"]], ["07716660001"])
        trace = page["traces"][0]
        self.assertEqual((trace["rule"], trace["cabinet"], trace["place"]), ("cabinet", "T-HTTP-1", self.home["id"]))
        self.assertEqual(self.admin.call("GET", "/api/v1/customers/0000000000000").code, "customer.unknown")

        before = self.database.sql("select (select count(*) from customer), (select count(*) from subscriber), (select count(*) from partition_trace);")
        _, job = self.upload("subscribers", subscribers(lines))
        self.assertEqual(job["state"], "done", job)
        self.assertEqual(self.database.sql("select (select count(*) from customer), (select count(*) from subscriber), (select count(*) from partition_trace);"), before)

    def test_2_what_is_no_feed_is_refused_and_written_down(self):
        text = subscribers(["07716661001|甲|乙|在用|479900001001|450103||"])
        for kind, data, code in (("subscribers", text[:len(text) // 2], "feed.truncated"), ("lines", text, "feed.kind"), ("subscribers", "", "feed.empty"),
                                 ("subscribers", "PK\x03\x04", "feed.no_head"), ("subscribers", text.encode("utf-16"), "feed.no_head"),
                                 ("subscribers", subscribers(["x"] * 200), "feed.too_many_rejected")):
            with self.subTest(code=code):
                run, job = self.upload(kind, data)
                self.assertEqual((job["state"], job["problem"]["code"]), ("failed", code))
                self.assertEqual([self.admin.get(f"/api/v1/feed-runs/{run}")[name] for name in ("state", "error", "fresh")], ["refused", code, 0])
        self.assertEqual(self.admin.call("GET", "/api/v1/feed-runs/999999").code, "feed.unknown_run")
        self.assertEqual(self.admin.call("POST", "/api/v1/feed-runs/999999/import", {}).code, "feed.unknown_upload")
        self.assertEqual(self.admin.call("PUT", "/api/v1/feed-runs/999999/parts/1", {"body": "AAAA"}).code, "feed.unknown_upload")
        self.assertEqual(self.admin.call("PUT", "/api/v1/feed-runs/999999/parts/1", {"body": "?"}).code, "request.invalid")
        self.assertEqual(self.admin.call("PUT", "/api/v1/feed-runs/999999/parts/9223372036854775807", {"body": "AAAA"}).code, "feed.unknown_upload")
        self.assertEqual(self.admin.call("POST", "/api/v1/feed-runs", {"kind": "weather", "file_name": "x", "bytes": 1}).code, "request.invalid")
        self.assertEqual(Api(self.server, "cm_qx01").call("GET", "/api/v1/feeds").code, "rights.missing")

    def test_3_lines_charges_arrears_and_orders(self):
        self.cabinet("T-HTTP-2", self.home["id"])
        self.done("subscribers", subscribers(["07716662001|线路客户|乙|在用|479900002001|450103||"]))
        run = self.done("lines", feed("lines", "2026-11-18", "97", "access_number|cabinet", ["07716662001|T-HTTP-2"]))
        self.assertEqual((run["fresh"], run["raised"]), (1, 1))
        proposals = self.admin.get("/api/v1/cabinet-proposals")["proposals"]
        mine = [one for one in proposals if one["access_number"] == "07716662001"]
        self.assertEqual([(one["new_cabinet"], self.names[one["from"]], self.names[one["to"]]) for one in mine], [("T-HTTP-2", "450103GZW0", "450103GZ0201")])
        self.admin.call("POST", f"/api/v1/cabinet-proposals/{mine[0]['id']}/close", {}, expect=200)
        self.assertEqual(self.admin.call("POST", f"/api/v1/cabinet-proposals/{mine[0]['id']}/close", {}).code, "feed.unknown_proposal")
        self.done("charges", feed("charges", "202611", "analysis", "access_number|fee_item|amount", ["07716662001|local|12.34"]))
        self.done("charges", feed("charges", "202611", "analysis", "access_number|fee_item|amount", ["07716662001|local|2.34", "07716662001|monthly|20"]))
        self.done("arrears", feed("arrears", "2026-11-18", "billing", "access_number|amount|since", ["07716662001|5|202610"]))
        run = self.done("arrears", feed("arrears", "2026-11-18", "accounts", "access_number|amount|since", ["07716662001|6|202609"]))
        self.assertEqual(run["raised"], 1)
        self.done("orders", feed("orders", "2026-11-18", "10000", "order_no|access_number|service|stage|accepted_on", ["GD1|07716662001|移机|派单|2026-11-17"]))
        page = self.admin.get("/api/v1/customers/" + mine[0]["customer_code"])
        self.assertEqual((page["revenue_fen"], page["revenue_period"]), (2234, 202611))
        self.assertEqual([(one["amount_fen"], one["other_amount_fen"], one["source"]) for one in page["arrears"]], [(600, 500, "accounts")])
        differ = [row for row in self.admin.pages("arrear-conflicts", order=[{"field": "amount", "descending": True}]) if row["access_number"] == "07716662001"]
        self.assertEqual([(row["amount"], row["other_amount"], row["since"], row["code"]) for row in differ], [(600, 500, 202609, page["code"])])
        self.assertEqual([(one["service"], one["stage"]) for one in page["orders"]], [("移机", "派单")])

    def test_4_cabinets_and_ranges(self):
        other = next(unit for unit in self.units.values() if unit["kind"] == "community" and unit["active"] and unit["id"] != self.home["id"])
        self.cabinet("T-HTTP-3", self.home["id"])
        found = self.admin.get("/api/v1/cabinets?text=T-HTTP-3")["cabinets"]
        self.assertEqual([(one["code"], one["unit"], one["version"]) for one in found], [("T-HTTP-3", self.home["id"], 1)])
        self.assertEqual(self.cabinet("T-HTTP-3", other["id"], 1).json["version"], 2)
        self.assertEqual(self.cabinet("T-HTTP-3", other["id"], 1, expect=409).code, "cabinet.stale")
        self.assertEqual(self.cabinet("T-HTTP-3", other["id"], 0, expect=422).code, "cabinet.code_taken")
        self.assertEqual(self.cabinet("T-NONE", other["id"], 3, expect=404).code, "cabinet.unknown")
        self.assertEqual(self.cabinet("T-HTTP-4", self.units["GX45"]["id"], expect=422).code, "cabinet.unit")
        first = self.admin.get("/api/v1/cabinets")
        self.assertLessEqual(len(first["cabinets"]), 200)
        some = next(one for one in first["cabinets"] if one["unit"])
        served = self.admin.get(f"/api/v1/cabinets/{urllib.parse.quote(some['code'])}/subscribers")
        self.assertTrue(all(one["cabinet"] == some["code"] for one in served["subscribers"]))

        ranges = self.admin.get("/api/v1/number-ranges")["ranges"]
        new = {"id": 0, "first": "07711230000", "last": "07711239999", "unit": self.home["id"], "version": 0}
        saved = self.admin.post("/api/v1/number-ranges", new)
        self.assertEqual(len(self.admin.get("/api/v1/number-ranges")["ranges"]), len(ranges) + 1)
        clash = self.admin.call("POST", "/api/v1/number-ranges", {**new, "first": "07711239999", "last": "07711240000"})
        self.assertEqual((clash.status, clash.code, clash.json["params"]["other_first"]), (422, "partition.range_overlap", "07711230000"))
        self.assertEqual(self.admin.call("POST", "/api/v1/number-ranges", {**new, "first": "2", "last": "1"}).code, "partition.range_order")
        self.assertEqual(self.admin.call("POST", "/api/v1/number-ranges", {**new, "first": "x", "last": "1"}).code, "partition.range_digits")
        changed = self.admin.post("/api/v1/number-ranges", {**saved, "last": "07711238888"})
        self.assertEqual(changed["version"], 2)
        self.assertEqual(self.admin.call("POST", "/api/v1/number-ranges", {**saved, "last": "07711237777"}).code, "range.stale")
        self.assertEqual(self.admin.get("/api/v1/number-range-subscribers?first=07711230000&last=07711239999")["subscribers"], [])
        facts = self.admin.get("/api/v1/partition-facts?access_number=07711230001&cabinet=T-HTTP-3&contract=1")
        self.assertEqual((facts["range"]["first"], facts["cabinet"]["unit"], facts["contract_known"], facts["precedence"]), ("07711230000", other["id"], False, "cabinet_first"))
        self.admin.call("DELETE", f"/api/v1/number-ranges/{saved['id']}?version=2", expect=200)
        self.assertEqual(self.admin.call("DELETE", f"/api/v1/number-ranges/{saved['id']}?version=2").code, "range.stale")

    def test_5_the_scope_of_cabinets(self):
        network = Api(self.server, "nn_public")  # its own channel of its own network
        elsewhere = next(unit for code, unit in self.units.items() if unit["kind"] == "community" and unit["active"] and code.startswith("4502"))
        self.cabinet("T-HTTP-5", elsewhere["id"])
        answer = network.call("PUT", "/api/v1/cabinets/T-HTTP-5", {"name": "", "unit": self.home["id"], "version": 1})
        self.assertEqual((answer.status, answer.code), (403, "rights.out_of_scope"))
        self.cabinet("T-HTTP-6", self.home["id"])
        answer = network.call("PUT", "/api/v1/cabinets/T-HTTP-6", {"name": "", "unit": elsewhere["id"], "version": 1})
        self.assertEqual((answer.status, answer.code), (403, "rights.out_of_scope"))


class OnSqlite(Feeds, unittest.TestCase):
    kind = "sqlite"


class OnMariaDb(Feeds, unittest.TestCase):
    kind = "mariadb"


class Watched:
    """The command that other systems' files come in by, with real files in a real folder."""
    kind = ""

    def setUp(self):
        self.database = demonstration(self.kind, customers=60)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def put(self, name, text, age=10):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        then = time.time() - age
        os.utime(path, (then, then))

    def look(self, refused=False):
        done = qudao("feed", "watch", self.folder, "--once", "--db", self.database.url)
        self.assertEqual(done.returncode, 1 if refused else 0, done.stderr)
        return done

    def there(self, where="."):
        folder = os.path.join(self.folder, where)
        return sorted(name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name))) if os.path.isdir(folder) else []

    def text(self, *path):
        with open(os.path.join(self.folder, *path), encoding="utf-8") as file:
            return file.read()

    def numbers(self):
        return self.database.sql("select count(*) from subscriber where access_number like '077159%';")[0][0]

    def runs(self):
        return self.database.sql("select file_name, state, fresh, changed, rejected from feed_run where file_name like '%.txt' order by id;")

    line = staticmethod(lambda i, day="2026-11-17": f"0771590{i:04}|某某|民族大道{i}号|在用|4799{i:08}|450103|{day}|CD-GJ00002")

    def test_what_comes_in_goes_to_done_or_refused(self):
        good = [self.line(i) for i in range(30)]
        self.put("subscribers-20261118.txt", subscribers(good + [self.line(30, "no day")]))
        self.put("lines-20261118.txt", feed("lines", "2026-11-18", "97", "access_number|cabinet", ["07715900001|CD-GJ00004"]))
        self.put("subscribers-bad.txt", subscribers([self.line(i, "no day") for i in range(200)], "2026-11-19"))
        self.put("arrears-wrong.txt", "access_number,amount\n1,2\n", age=3600)  # without an end line: not before ten minutes
        self.put("notes.txt", "nobody's feed\n")
        self.put("Subscribers-20261118.txt", "named otherwise\n")
        self.put(".hidden.txt", "on its way\n")
        said = self.look(refused=True)
        self.assertIn("feed.too_many_rejected", said.stderr + said.stdout)
        for name in ("notes.txt", "Subscribers-20261118.txt"):
            self.assertIn(f"feed.ignored file={name}", said.stderr)
        self.assertNotIn(".hidden.txt", said.stderr)
        self.assertEqual(self.there(), [".hidden.txt", "Subscribers-20261118.txt", "notes.txt"])
        self.assertEqual(self.there("done"), ["lines-20261118.txt", "subscribers-20261118.txt", "subscribers-20261118.txt.rejected"])
        self.assertEqual(self.text("done", "subscribers-20261118.txt.rejected").split("|")[:2], ["33", "date"])
        self.assertEqual(self.there("refused"), ["arrears-wrong.txt", "arrears-wrong.txt.reason", "subscribers-bad.txt", "subscribers-bad.txt.reason", "subscribers-bad.txt.rejected"])
        self.assertTrue(self.text("refused", "arrears-wrong.txt.reason").startswith("feed.no_head found=access_number,amount"))
        self.assertIn("see which lines and why", self.text("refused", "subscribers-bad.txt.reason"))
        self.assertGreater(self.text("refused", "subscribers-bad.txt.rejected").count("|date|"), 100)
        self.assertEqual(self.numbers(), 30)
        # Subscribers before lines, whatever the names: the line finds its customer in another community, and proposes.
        self.assertEqual(self.database.sql("select count(*) from cabinet_proposal;")[0][0], 0)  # a first cabinet of one that was placed
        self.assertEqual(self.look().stdout, "")

    def test_a_file_that_is_being_written_is_left_alone(self):
        whole = subscribers([self.line(i) for i in range(40)])
        self.put("subscribers-20261118.txt", whole, age=0)       # just written: who knows
        self.look()
        self.assertEqual((self.there(), self.numbers()), (["subscribers-20261118.txt"], 0))
        self.put("subscribers-20261118.txt", whole[:1000], age=60)  # a sender that pauses
        self.look()
        self.assertEqual((self.there(), self.numbers(), self.runs()), (["subscribers-20261118.txt"], 0, []))
        self.put("subscribers-20261118.txt", whole)
        self.look()
        self.assertEqual((self.there(), self.there("done"), self.numbers()), ([], ["subscribers-20261118.txt"], 40))
        self.put("subscribers-20261119.txt", subscribers([self.line(50)], "2026-11-19")[:150], age=3600)  # nobody sends any more
        self.look(refused=True)
        self.assertEqual((self.there(), self.there("refused"), self.numbers()), ([], ["subscribers-20261119.txt", "subscribers-20261119.txt.reason"], 40))

    def test_the_same_file_twice_changes_nothing(self):
        text = subscribers([self.line(i) for i in range(20)])
        for name in ("subscribers-20261118.txt", "subscribers-20261118.txt", "subscribers-again.txt"):
            self.put(name, text)
            said = self.look()
        self.assertIn("was done before, nothing changed", said.stdout)
        self.assertEqual(self.there("done"), ["subscribers-20261118.2.txt", "subscribers-20261118.txt", "subscribers-again.txt"])
        self.assertEqual([tuple(run) for run in self.runs()], [("subscribers-20261118.txt", "done", 20, 0, 0)])
        self.assertEqual(self.numbers(), 20)

    def test_it_goes_on_looking_until_it_is_stopped(self):
        watching = subprocess.Popen([QUDAO, "feed", "watch", self.folder, "--db", self.database.url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for number in range(2):
                self.put(f"subscribers-{number}.txt", subscribers([self.line(number)], f"2026-11-{18 + number}"))
                until = time.monotonic() + 30
                while self.numbers() <= number and time.monotonic() < until:
                    time.sleep(0.2)
                self.assertEqual(self.numbers(), number + 1)
            self.assertIsNone(watching.poll())
        finally:
            watching.terminate()
            watching.wait(timeout=20)


class Commands(unittest.TestCase):
    def test_a_kind_that_there_is_not_is_told_from_a_file_of_another(self):
        database = demonstration("sqlite", customers=12)
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(subscribers([]))
            file.flush()
            for kind, code, words in (("weather", "feed.unknown_kind kind=weather", "subscribers, lines, charges"), ("lines", "feed.kind", "first line")):
                done = qudao("feed", "import", kind, file.name, "--db", database.url)
                self.assertEqual(done.returncode, 1)
                self.assertIn(code, done.stderr)
                self.assertIn(words, done.stderr)


class WatchedOnSqlite(Watched, unittest.TestCase):
    kind = "sqlite"


class WatchedOnMariaDb(Watched, unittest.TestCase):
    kind = "mariadb"


class Killed(unittest.TestCase):
    """`qudao feed import` is killed at seeded moments; then the same file again. Nothing twice, nothing lost."""

    def state(self, database):
        return database.sql(
            "select (select count(*) from customer), (select count(*) from subscriber), (select count(*) from contract), (select count(*) from partition_trace), "
            "(select sum(place_id * 31 + length(code)) from customer), (select count(*) from subscriber_stage), "
            "(select count(distinct access_number) from subscriber), (select count(distinct code) from customer), "
            "(select sum(fresh) from feed_run where state = 'done'), (select count(*) from feed_run where state = 'done');")[0]

    def lines(self, count):
        return [f"0772{7000000 + i}|客户{i}|民族大道{i}号|在用|46{i // 2 * 3:010d}|450103|2026-11-17|" for i in range(count)]

    def one(self, kind):
        chance = random.Random(f"{SEED} {kind}")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "subscribers.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(subscribers(self.lines(30000)))
            whole = demonstration(kind, customers=12)
            began = time.monotonic()
            done = qudao("feed", "import", "subscribers", path, "--db", whole.url)
            self.assertEqual(done.returncode, 0, done.stderr)
            duration = time.monotonic() - began
            expected = self.state(whole)
            self.assertEqual(expected[5], 0)
            cut = 0
            for _ in range(KILLS):
                database = demonstration(kind, customers=12)
                running = subprocess.Popen([QUDAO, "feed", "import", "subscribers", path, "--db", database.url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                after = chance.uniform(0, duration)
                time.sleep(after)
                cut += running.poll() is None
                running.kill()
                running.wait()
                with self.subTest(kind=kind, killed_after=after):
                    done = qudao("feed", "resume", "--db", database.url)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    done = qudao("feed", "import", "subscribers", path, "--db", database.url)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(self.state(database), expected)
            print(f"      {kind}: {cut} of {KILLS} kills in the middle of an import of {duration:.1f} s, seed {SEED}", flush=True)
            self.assertGreater(cut, 0)

    def test_killed_in_the_middle_of_an_import_sqlite(self):
        self.one("sqlite")

    def test_killed_in_the_middle_of_an_import_mariadb(self):
        self.one("mariadb")
