"""A bulk move from preview to undo, as the browser's client does it."""
import threading
import unittest

from support.api import Api, move_rows, new_key
from support.databases import demonstration
from support.server import Server

HOME, NEXT, FAR = "450103GZ0201", "450103GZ0202", "450103GZ01"


class Moves(unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.database = demonstration(cls.kind)
        cls.server = Server(cls.database)
        cls.admin = Api(cls.server, "qudao_admin")
        cls.units = cls.admin.organisation()
        cls.home = cls.units[HOME]
        # Two communities of the same channel, wherever the demonstration has them.
        cls.next = next(unit for unit in cls.units.values() if unit["kind"] == "community" and unit["channel"] == cls.home["channel"]
                        and unit["active"] and unit["code"] != HOME)
        cls.names = {unit["id"]: code for code, unit in cls.units.items()}

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def movable(self, count):
        """Customers of the home community that are not locked, with their code."""
        rows = [row for row in self.admin.customers_of(self.home["id"], 300) if row["locked_until"] is None]
        self.assertGreaterEqual(len(rows), count)
        return rows[:count]

    def place_of(self, code):
        return self.names[self.admin.post("/api/v1/customers/states", {"codes": [code]})["place"][0]]

    def counts(self):
        return self.database.sql("select (select count(*) from batch), (select count(*) from adjustment), (select sum(version) from customer);")[0]

    def test_a_move_travels_from_preview_to_undo(self):
        customers = self.movable(3)
        codes = [row["code"] for row in customers]
        rows = move_rows([(codes[0], self.next["code"], "第一"), (codes[1], self.next["code"]), (codes[2], HOME)])
        before = self.counts()
        plan = self.admin.preview(rows)
        self.assertTrue(plan["can_commit"])
        self.assertEqual({count["code"]: count["count"] for count in plan["verdicts"] if count["count"]}, {"moved": 2, "unchanged": 1})
        self.assertEqual([(flow["from"], flow["to"], flow["customers"]) for flow in plan["flows"]], [(self.home["id"], self.next["id"], 2)])
        self.assertEqual(self.counts(), before)  # a preview changes nothing

        job = self.admin.commit(rows, plan["digest"])
        self.assertEqual(job["state"], "done", job)
        batch = job["batch"]
        self.assertEqual((batch["rows"], batch["moved"], batch["unchanged"], batch["kind"], batch["day"]), (3, 2, 1, "move", "2026-11-18"))
        self.assertEqual([self.place_of(code) for code in codes], [self.next["code"], self.next["code"], HOME])
        self.assertEqual(self.admin.get(f"/api/v1/batches/{batch['id']}")["moved"], 2)

        log = list(self.admin.pages("adjustments", filters=[{"field": "batch", "op": "equal", "values": [batch["id"]]}]))
        self.assertEqual({(row["code"], row["from"], row["to"], row["note"], row["row"]) for row in log},
                         {(codes[0], self.home["id"], self.next["id"], "第一", 2), (codes[1], self.home["id"], self.next["id"], "", 3)})
        handovers = list(self.admin.pages("handovers", filters=[{"field": "batch", "op": "equal", "values": [batch["id"]]}]))
        self.assertEqual([(row["unit"], row["customers"]) for row in handovers], [(self.next["id"], 2)])
        self.assertIn(batch["id"], [row["id"] for row in self.admin.pages("batches")])

        plan = self.admin.get(f"/api/v1/batches/{batch['id']}/undo-plan")
        self.assertTrue(plan["can_commit"])
        undone = self.admin.undo(batch["id"])
        self.assertEqual((undone["state"], undone["batch"]["kind"], undone["batch"]["undo_of"], undone["batch"]["moved"]), ("done", "undo", batch["id"], 2))
        self.assertEqual([self.place_of(code) for code in codes], [HOME] * 3)
        self.assertEqual(self.admin.get(f"/api/v1/batches/{batch['id']}")["undone_by"], [undone["batch"]["id"]])

    def test_a_retry_with_the_same_key_gives_the_same_answer_and_does_nothing(self):
        code = self.movable(1)[0]["code"]
        order = self.admin.commit_order(move_rows([(code, self.next["code"])]))
        self.admin.call("POST", "/api/v1/moves", order, expect=202)
        first = self.admin.wait_for(order["key"])
        self.assertEqual(first["state"], "done", first)
        after = self.counts()
        for _ in range(3):
            answer = self.admin.call("POST", "/api/v1/moves", order, expect=202)
            self.assertEqual(answer.headers["Location"], f"/api/v1/jobs/{order['key']}")
            self.assertEqual(self.admin.wait_for(order["key"])["batch"], first["batch"])
        self.assertEqual(self.counts(), after)
        # The same key with something else is a mistake that is told, and does nothing either.
        answer = self.admin.call("POST", "/api/v1/moves", dict(order, file_name="other.xlsx"), expect=409)
        self.assertEqual(answer.code, "moves.key_used")
        self.assertEqual(self.counts(), after)
        # Another person's key of the same name is another key.
        stranger = Api(self.server, "nn_channel")
        self.assertEqual(stranger.call("GET", f"/api/v1/jobs/{order['key']}").status, 404)
        self.admin.undo(first["batch"]["id"])

    def test_the_same_order_at_the_same_time_is_done_once(self):
        code = self.movable(1)[0]["code"]
        order = self.admin.commit_order(move_rows([(code, self.next["code"])]))
        before = self.counts()
        apis = [self.admin_again() for _ in range(6)]
        threads = [threading.Thread(target=lambda api=api: api.call("POST", "/api/v1/moves", order, expect=202)) for api in apis]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        batches = {str(api.wait_for(order["key"])["batch"]) for api in apis}
        self.assertEqual(len(batches), 1)
        self.assertEqual(self.counts(), (before[0] + 1, before[1] + 1, before[2] + 1))
        self.admin.undo(self.admin.wait_for(order["key"])["batch"]["id"])

    def admin_again(self):
        """The administrator from another window: the same session, another connection."""
        api = Api(self.server)
        api.cookie, api.csrf = self.admin.cookie, self.admin.csrf
        return api

    def test_two_who_move_the_same_customer_do_not_both_succeed(self):
        code = self.movable(1)[0]["code"]
        orders = [self.admin.commit_order(move_rows([(code, self.next["code"])]), key=new_key()) for _ in range(4)]
        before = self.counts()
        threads = [threading.Thread(target=lambda order=order: self.admin_again().call("POST", "/api/v1/moves", order, expect=202)) for order in orders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        jobs = [self.admin.wait_for(order["key"]) for order in orders]
        self.assertEqual(sorted(job["state"] for job in jobs), ["done", "failed", "failed", "failed"])
        self.assertEqual({job["problem"]["code"] for job in jobs if job["state"] == "failed"}, {"moves.stale"})
        self.assertEqual(self.counts()[:2], (before[0] + 1, before[1] + 1))
        self.admin.undo(next(job for job in jobs if job["state"] == "done")["batch"]["id"])

    def test_a_preview_that_has_gone_stale_commits_nothing(self):
        codes = [row["code"] for row in self.movable(2)]
        rows = move_rows([(code, self.next["code"]) for code in codes])
        digest = self.admin.preview(rows)["digest"]
        changes = [
            "update customer set version = version + 1 where code = '%s';" % codes[0],
            "update customer set locked_until = 30000 where code = '%s';" % codes[1],
            "update setting set policy_version = policy_version + 1, basis = basis + 1;",
            "update setting set rights_version = rights_version + 1, basis = basis + 1;",
        ]
        for change in changes:
            with self.subTest(change=change):
                self.database.sql(change)
                before = self.counts()
                job = self.admin.commit(rows, digest)
                self.assertEqual((job["state"], job["problem"]["code"]), ("failed", "moves.stale"))
                self.assertEqual(self.counts(), before)
                digest = self.admin.preview(rows)["digest"]
        self.database.sql("update customer set locked_until = null where code = '%s';" % codes[1])

    def test_rows_that_are_refused_keep_the_whole_from_being_done(self):
        code = self.movable(1)[0]["code"]
        rows = move_rows([(code, self.next["code"]), ("0000000000000", self.next["code"]), (code, HOME), (code, "NOWHERE"), (code, "GX45")])
        plan = self.admin.preview(rows)
        self.assertFalse(plan["can_commit"])
        self.assertEqual([(row["row"], row["reason"]) for row in plan["refused"]],
                         [(3, "customer_not_visible"), (4, "repeated"), (5, "repeated"), (6, "repeated")])
        before = self.counts()
        job = self.admin.commit(rows, plan["digest"])
        self.assertEqual((job["state"], job["problem"]["code"]), ("failed", "moves.refused_rows"))
        self.assertEqual(self.counts(), before)
        job = self.admin.commit(move_rows([(code, HOME)]))
        self.assertEqual((job["state"], job["problem"]["code"]), ("failed", "moves.nothing"))

    def test_another_s_customers_are_as_if_they_did_not_exist(self):
        public = Api(self.server, "nn_public")
        foreign = self.database.sql("select c.id from customer c join unit u on u.id = c.place_id where u.code not like '4501%' limit 1;")[0][0]
        code = [row["code"] for row in self.admin.pages("customers", filters=[{"field": "id", "op": "equal", "values": [foreign]}])][0]
        plan = public.preview(move_rows([(code, HOME), ("0000000000000", HOME)]))
        self.assertEqual([row["reason"] for row in plan["refused"]], ["customer_not_visible"] * 2)

    def test_batches_of_others_outside_the_scope_do_not_exist(self):
        code = self.movable(1)[0]["code"]
        job = self.admin.commit(move_rows([(code, self.next["code"])]))
        batch = job["batch"]["id"]
        stranger = Api(self.server, "lz_public")
        for path in (f"/api/v1/batches/{batch}", f"/api/v1/batches/{batch}/undo-plan"):
            answer = stranger.call("GET", path)
            self.assertEqual((answer.status, answer.code), (404, "moves.unknown_batch"))
        unknown = stranger.call("GET", "/api/v1/batches/999999")
        self.assertEqual(unknown.json["code"], "moves.unknown_batch")
        order = {"key": new_key(), "digest": "0" * 32}
        stranger.call("POST", f"/api/v1/batches/{batch}/undo", order, expect=202)
        self.assertEqual(stranger.wait_for(order["key"])["problem"]["code"], "moves.unknown_batch")
        self.admin.undo(batch)

    def test_undo_keeps_what_has_changed_since(self):
        codes = [row["code"] for row in self.movable(3)]
        batch = self.admin.commit(move_rows([(code, self.next["code"]) for code in codes]))["batch"]["id"]
        again = self.admin.commit(move_rows([(codes[0], HOME)]))["batch"]["id"]
        plan = self.admin.get(f"/api/v1/batches/{batch}/undo-plan")
        self.assertEqual([(row["customer_code"], row["reason"]) for row in plan["refused"]], [(codes[0], "changed_since")])
        undone = self.admin.undo(batch)
        self.assertEqual((undone["batch"]["moved"], undone["batch"]["kept"]), (2, 1))
        self.assertEqual([self.place_of(code) for code in codes], [HOME] * 3)
        self.assertNotEqual(again, batch)

    def test_outside_the_window_nothing_moves_and_the_next_opening_is_named(self):
        code = self.movable(1)[0]["code"]
        rows = move_rows([(code, self.next["code"])])
        digest = self.admin.preview(rows)["digest"]
        session = self.admin.call("PUT", "/api/v1/demo-date", {"day": "2026-12-05"}, expect=200).json
        try:
            self.assertEqual((session["day"], session["window"]["open"], session["window"]["next_opening"]), ("2026-12-05", False, "2026-12-09"))
            plan = self.admin.preview(rows)
            self.assertEqual([(row["reason"], row["detail"]) for row in plan["refused"]], [("window_closed", "2026-12-09")])
            job = self.admin.commit(rows, digest)
            self.assertEqual(job["state"], "failed")
            self.assertIn(job["problem"]["code"], ("moves.stale", "moves.refused_rows"))
        finally:
            self.admin.call("PUT", "/api/v1/demo-date", {"day": "2026-11-18"}, expect=200)
        for day in ("2026-02-30", "18.11.2026", "", "2026-11-18T00:00"):
            self.assertEqual(self.admin.call("PUT", "/api/v1/demo-date", {"day": day}).status, 400, day)

    def test_mistakes_in_an_order_are_refused_before_it_is_a_job(self):
        code = self.movable(1)[0]["code"]
        good = self.admin.commit_order(move_rows([(code, self.next["code"])]))
        rows = good["rows"]
        for change in [{"key": "short"}, {"key": "x" * 65}, {"key": "spaces in the key"}, {"digest": "x"}, {"file_name": "x" * 256},
                       {"rows": {**rows, "row_number": [1, 2]}}, {"rows": {**rows, "target": [1]}}, {"rows": {**rows, "note": [-1]}},
                       {"rows": {**rows, "customer_code": ["x" * 65]}}, {"rows": {**rows, "notes": ["x" * 256]}}, {"rows": {**rows, "row_number": [0]}}]:
            with self.subTest(change=str(change)[:80]):
                before = self.counts()
                answer = self.admin.call("POST", "/api/v1/moves", {**good, **change})
                self.assertEqual(answer.status, 400)
                self.assertEqual(answer.code, "request.invalid")
                self.assertTrue(answer.json["fields"])
                self.assertEqual(self.counts(), before)

    def test_who_gains_or_loses_sight_is_told(self):
        flows = [{"from": self.home["id"], "to": self.next["id"], "customers": 2, "with_revenue": 2, "revenue_fen": 1000}]
        sight = self.admin.post("/api/v1/moves/sight", {"flows": flows})
        self.assertGreater(sight["persons"], 0)
        self.assertIn("cm_qx01", {change["login"] for change in sight["changes"] if change["loses"]})

    def test_a_thousand_rows_with_progress(self):
        rows = [row for row in self.admin.pages("customers", filters=[{"field": "channel", "op": "equal", "values": [self.home["channel"]]},
                                                                      {"field": "locked_until", "op": "has_no_data", "values": []}])
                if row["place"] != self.home["id"]][:1000]
        job = self.admin.commit(move_rows([(row["code"], HOME, "千") for row in rows]))
        self.assertEqual(job["state"], "done", job)
        self.assertEqual(job["batch"]["moved"], len(rows))
        self.assertEqual(self.admin.undo(job["batch"]["id"])["batch"]["moved"], len(rows))


class MovesOnMariaDb(Moves):
    kind = "mariadb"
