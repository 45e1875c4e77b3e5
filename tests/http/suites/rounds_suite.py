"""The monthly round from the new customers of a period to the lock at its close, as the people do it."""
import base64
import os
import random
import threading
import time
import unittest

from support.api import Api, move_rows, new_key
from support.databases import demonstration
from support.server import Server

PERIOD = 202610  # its window: 9 November to 3 December 2026; the demonstration's day is 18 November
DEPARTMENTS = {"key_account": "dep_key", "commercial": "dep_commercial", "contracted": "dep_contracted"}


def equal(field, value):
    return {"field": field, "op": "equal", "values": [value]}


class Round(unittest.TestCase):
    """A database, a server and everybody who takes part."""
    kind = "sqlite"

    def setUp(self):
        self.database = demonstration(self.kind)
        self.server = Server(self.database)
        self.addCleanup(self.server.kill)
        self.admin = Api(self.server, "qudao_admin")
        self.people = {code: Api(self.server, login) for code, login in DEPARTMENTS.items()}
        self.units = self.admin.organisation()
        channels = self.admin.get("/api/v1/organisation?after=0")["channels"]
        self.channels = {channel["code"]: channel["id"] for channel in channels}

    def path(self, tail=""):
        return f"/api/v1/rounds/{PERIOD}{tail}"

    def round(self, api=None):
        return (api or self.admin).get(self.path())

    def act(self, act, expect=200, **more):
        return self.admin.call("POST", self.path("/act"), {"act": act, **more}, expect=expect)

    def answer(self, department, act, expect=200, **more):
        return self.people[department].call("POST", self.path("/answer"), {"act": act, "department": self.channels[department], **more}, expect=expect)

    def marks(self, department, rows, api=None, expect=200):
        body = {"department": self.channels[department], "row_number": [at + 2 for at in range(len(rows))], "customer_code": [row[0] for row in rows],
                "mark": [row[1] for row in rows], "note": [row[2] if len(row) > 2 else "" for row in rows]}
        return (api or self.people[department]).call("POST", self.path("/marks"), body, expect=expect)

    def step(self, name):
        return next(step["state"] for step in self.round()["steps"] if step["step"] == name)

    def set_date(self, day):
        self.admin.call("PUT", "/api/v1/demo-date", {"day": day}, expect=200)

    def given(self, department, api=None, **filters):
        api = api or self.people[department]
        return list(api.pages("round-marks", filters=[equal("period", PERIOD), equal("department", self.channels[department])]))

    def to_confirmed(self, claims):
        """Gathers, gives out, and has every department claim what it is told: {department: [customer codes]}."""
        self.act("gather")
        self.act("give")
        for department in DEPARTMENTS:
            self.marks(department, [(code, "是") for code in claims.get(department, [])] or [])
            self.answer(department, "confirm")


class WholeRound(Round):
    def test_from_the_new_customers_to_the_lock(self):
        new = list(self.admin.pages("customers", filters=[equal("new_in", PERIOD)]))
        unplaced = [row for row in new if row["unassigned"]]
        self.assertGreater(len(unplaced), 20)
        listed = self.admin.get("/api/v1/rounds")
        self.assertEqual(listed["current"], PERIOD)
        begun = self.round()
        self.assertEqual((begun["phase"], begun["opens_on"], begun["closes_on"], begun["days_left"], begun["locks_until"]),
                         ("waiting", "2026-11-09", "2026-12-03", 16, "2027-12-03"))
        self.assertEqual((begun["new_customers"], begun["unplaced"]), (len(new), len(unplaced)))

        # Gathered, again as well, and given to the three departments.
        self.assertEqual(self.act("gather").json["gathered"], len(new))
        self.assertEqual(self.act("gather").json["gathered"], len(new))
        self.assertEqual(self.act("give").json["phase"], "given")
        lists = {department: self.given(department) for department in DEPARTMENTS}
        for department, rows in lists.items():
            self.assertEqual({row["code"] for row in rows}, {row["code"] for row in new})
            for row in rows:
                self.assertEqual(self.channel_of(row["unit"]), self.channels[department])
        # Each sees its own list and no other.
        self.assertEqual(self.given("commercial", self.people["key_account"]), [])

        # The marked workbook is taken back whole or not at all.
        public = [row["code"] for row in unplaced if self.channel_of(row["place"]) == self.channels["public"]]
        a, b, c, d = public[:4]
        bad = self.marks("key_account", [(a, "是"), (a, "是"), ("0771999999999", "是"), (b, "要"), ("x", "")]).json
        self.assertEqual((bad["taken"], bad["refused"]), (False, 4))
        self.assertEqual([(fault["row"], fault["reason"]) for fault in bad["faults"]],
                         [(3, "repeated"), (4, "not_given"), (5, "mark_bad"), (6, "customer_code_bad")])
        self.assertEqual(sum(row["claimed"] for row in self.given("key_account")), 0)
        self.assertEqual(self.marks("key_account", [(c, "是"), (d, "是")]).json["claims"], 2)
        # Another workbook replaces the first as a whole, and who is not in it is told.
        taken = self.marks("key_account", [(a, "是", "重点客户"), (b, "是"), (c, "否")]).json
        self.assertEqual((taken["taken"], taken["claims"], taken["not_named"]), (True, 2, len(new) - 3))
        self.assertEqual({row["code"] for row in self.given("key_account") if row["claimed"]}, {a, b})
        self.answer("commercial", "send_back", expect=422)  # without a reason
        self.answer("commercial", "send_back", note="缺少装机地址")
        self.assertEqual(self.step("confirm"), "current")
        self.act("give")  # to those that wait for a list, and to no other: nothing handed back is lost
        self.assertEqual([(one["state"], one["claims"]) for one in self.round()["departments"] if one["department"] == self.channels["key_account"]], [("pending", 2)])
        self.assertEqual(self.act("give", expect=422).code, "round.given_already")
        self.marks("commercial", [(b, "是"), (c, "是")])
        self.answer("key_account", "confirm")
        self.answer("commercial", "confirm")
        refused = self.act("hand_over", expect=422)
        self.assertEqual((refused.code, refused.json["params"]["count"]), ("round.departments_pending", "1"))
        self.answer("contracted", "confirm")

        # b is claimed twice.
        conflicts = list(self.admin.pages("round-customers", filters=[equal("period", PERIOD), {"field": "claims", "op": "greater", "values": [1]}]))
        self.assertEqual([row["code"] for row in conflicts], [b])
        self.assertEqual(self.act("hand_over", expect=422).code, "round.open_conflicts")
        decision = {"decisions": [{"customer": conflicts[0]["customer"], "department": self.channels["contracted"]}]}
        self.assertEqual(self.admin.call("POST", self.path("/decisions"), decision, expect=422).code, "round.no_conflict")
        decision["decisions"][0]["department"] = self.channels["commercial"]
        self.admin.post(self.path("/decisions"), decision)
        self.assertEqual(self.act("hand_over").json["to_move"], 3)
        # A step can be redone until the next is committed.
        self.assertEqual(self.act("take_back").json["phase"], "given")
        self.assertEqual(self.act("hand_over").json["to_move"], 3)
        self.assertEqual(self.answer("key_account", "reopen", expect=422).code, "round.step")

        # Stage 1: to the pools of the channels, by a bulk move with preview and digest.
        plan = self.admin.get(self.path("/stage-1"))
        self.assertTrue(plan["can_commit"], plan)
        self.assertEqual(self.act("stage_1", expect=422).code, "round.to_move")
        key = new_key()
        stale = self.admin.call("POST", self.path("/stage-1"), {"key": new_key(), "digest": "0" * 32}, expect=202).json["key"]
        self.assertEqual(self.admin.wait_for(stale)["problem"]["code"], "moves.stale")
        for _ in range(2):  # asked again under the same key it is done once
            self.admin.call("POST", self.path("/stage-1"), {"key": key, "digest": plan["digest"]}, expect=202)
            job = self.admin.wait_for(key)
            self.assertEqual((job["state"], job["batch"]["moved"]), ("done", 3), job)
        self.assertEqual((self.round()["phase"], self.round()["stage_1_batch"], self.round()["to_move"]), ("placing", job["batch"]["id"], 0))
        place = {row["code"]: row["place"] for row in self.admin.pages("customers", filters=[equal("new_in", PERIOD)])}
        kinds = {unit["id"]: (unit["kind"], unit["channel"]) for unit in self.units.values()}
        self.assertEqual(kinds[place[a]], ("pool", self.channels["key_account"]))
        self.assertEqual(kinds[place[b]], ("pool", self.channels["commercial"]))
        self.assertEqual(kinds[place[c]], ("pool", self.channels["commercial"]))
        self.assertEqual(kinds[place[d]], ("pool", self.channels["public"]))

        # Undone, the round is where it was: the hand-over can be taken back, a decision changed, and stage 1 done again.
        self.assertEqual(self.admin.undo(job["batch"]["id"])["state"], "done")
        undone = self.round()
        self.assertEqual((undone["phase"], undone["stage_1_batch"], undone["to_move"], self.step("stage_1")), ("handed_over", 0, 3, "current"))
        self.assertEqual((undone["events"][0]["act"], undone["events"][0]["customers"]), ("undo_stage_1", 3))
        self.assertEqual(self.act("take_back").json["phase"], "given")
        self.assertEqual(self.act("hand_over").json["to_move"], 3)
        key, digest = new_key(), self.admin.get(self.path("/stage-1"))["digest"]
        self.admin.call("POST", self.path("/stage-1"), {"key": key, "digest": digest}, expect=202)
        job = self.admin.wait_for(key)
        self.assertEqual((job["state"], self.round()["phase"], self.round()["stage_1_batch"]), ("done", "placing", job["batch"]["id"]), job)

        # Stage 2: into a community, by the channel's administrator, inside the own channel only.
        target = next(unit for unit in self.units.values() if unit["kind"] == "community" and unit["active"]
                      and unit["channel"] == self.channels["key_account"])
        self.assertEqual(self.admin.commit(move_rows([(a, target["code"])]))["state"], "done")
        before = self.round()
        self.assertEqual(before["unplaced"], len(unplaced) - 1)

        # The close: what is left is locked until the same date next year, and says so.
        self.set_date("2026-12-04")
        closed = self.round()
        self.assertEqual(closed["phase"], "closed")
        self.assertEqual(closed["locked"], before["unplaced"])
        self.assertEqual(closed["events"][0]["act"], "close")
        self.assertEqual(closed["events"][0]["person"], 0)
        locked = list(self.admin.pages("customers", filters=[equal("new_in", PERIOD), equal("unassigned", 1)]))
        self.assertEqual(len(locked), before["unplaced"])
        self.assertEqual({row["locked_until"] for row in locked}, {21155})  # 2027-12-03
        self.assertEqual(len(list(self.admin.pages("locks", filters=[equal("period", PERIOD)]))), closed["locked"])
        self.assertEqual(self.act("gather", expect=422).json["params"]["opens_on"], "2026-12-09")
        self.set_date("2026-12-04")  # again: nothing twice
        self.assertEqual(self.database.sql(f"select count(*) from lock_event where period = {PERIOD};")[0][0], closed["locked"])

        # In the next window the locked one is refused by date; a lock is lifted only by right and with a reason.
        self.set_date("2026-12-10")
        home = next(unit for unit in self.units.values() if unit["kind"] == "community" and unit["active"] and unit["channel"] == self.channels["public"])
        plan = self.admin.preview(move_rows([(d, home["code"])]))
        self.assertEqual([(row["reason"], row["detail"]) for row in plan["refused"]], [("locked", "2027-12-03")])
        stranger = Api(self.server, "nn_channel")
        self.assertEqual(stranger.call("POST", "/api/v1/locks/lift", {"customer_code": d, "reason": "x"}).status, 403)
        self.assertEqual(self.admin.call("POST", "/api/v1/locks/lift", {"customer_code": d, "reason": "  "}).code, "lock.reason")
        self.assertEqual(self.admin.call("POST", "/api/v1/locks/lift", {"customer_code": "0771999999999", "reason": "x"}).code, "customer.unknown")
        self.admin.call("POST", "/api/v1/locks/lift", {"customer_code": d, "reason": "名单遗漏"}, expect=204)
        self.assertEqual(self.admin.call("POST", "/api/v1/locks/lift", {"customer_code": d, "reason": "x"}).code, "lock.none")
        self.assertTrue(self.admin.preview(move_rows([(d, home["code"])]))["can_commit"])
        history = self.admin.get(f"/api/v1/customers/{d}/history")
        self.assertEqual([(lock["locked_until"], lock["reason"]) for lock in history["locks"]], [("", "名单遗漏"), ("2027-12-03", "")])

    def channel_of(self, unit):
        return next(known["channel"] for known in self.units.values() if known["id"] == unit)

    def test_everybody_keeps_to_the_own_part(self):
        stranger = Api(self.server, "nn_channel")
        self.assertEqual(stranger.call("POST", self.path("/act"), {"act": "gather"}).status, 403)
        self.assertEqual(stranger.call("POST", self.path("/answer"), {"act": "confirm", "department": 1}).status, 403)
        self.assertEqual(stranger.get(self.path())["acts"], [])
        self.act("gather")
        self.act("give")
        # One department does not answer for another, and nobody runs the round.
        key = self.people["key_account"]
        answer = key.call("POST", self.path("/answer"), {"act": "confirm", "department": self.channels["commercial"]})
        self.assertEqual((answer.status, answer.code), (403, "rights.missing"))
        self.assertEqual(self.marks("commercial", [], api=key, expect=403).code, "rights.missing")
        self.assertEqual(key.call("POST", self.path("/act"), {"act": "give"}).status, 403)
        self.assertEqual(key.call("POST", self.path("/decisions"), {"decisions": []}).status, 403)
        self.assertEqual(key.call("POST", self.path("/stage-1"), {"key": new_key(), "digest": "0" * 32}).status, 403)
        self.assertEqual(key.call("GET", self.path("/stage-1")).status, 403)
        self.assertEqual({row["own"] for row in self.round(key)["departments"] if row["department"] == self.channels["key_account"]}, {True})
        self.assertEqual(self.admin.call("GET", "/api/v1/rounds/2026").code, "period.format")
        self.assertEqual(self.admin.call("GET", "/api/v1/rounds/202613").status, 400)

    def test_steps_are_refused_out_of_order_and_out_of_time(self):
        self.assertEqual(self.act("give", expect=422).code, "round.step")
        self.set_date("2026-11-08")
        early = self.act("gather", expect=422)
        self.assertEqual((early.code, early.json["params"]["opens_on"]), ("round.not_open", "2026-11-09"))
        self.set_date("2026-11-09")
        self.act("gather")

    def test_a_round_in_which_nobody_claims_anything(self):
        self.to_confirmed({})
        self.assertEqual(self.act("hand_over").json["to_move"], 0)
        self.assertEqual(self.act("stage_1").json["phase"], "placing")

    def comes(self, number, installed, day):
        """A new customer, by the daily file; the period it counts to."""
        lines = ["#qudao-feed|subscribers|1|" + day + "|UTF-8|billing", "access_number|name|address|status|contract|billing_area|installed_on|cabinet",
                 f"0771566{number:04}|后来的|民族大道1号|在用|47990001{number:04}|450103|{installed}|", "#end|1", ""]
        text = "\n".join(lines).encode()
        run = self.admin.post("/api/v1/feed-runs", {"kind": "subscribers", "file_name": "late.txt", "bytes": len(text)}, expect=201)
        self.admin.call("PUT", f"/api/v1/feed-runs/{run['id']}/parts/1", {"body": base64.b64encode(text).decode()}, expect=200)
        job = self.admin.post(f"/api/v1/feed-runs/{run['id']}/import", {}, expect=202)
        self.assertEqual(self.admin.wait_for(job["key"])["state"], "done")
        return next(self.admin.pages("customers", filters=[equal("contract", f"47990001{number:04}")]))["new_in"]

    def test_who_comes_after_the_gathering_or_the_close(self):
        count = self.act("gather").json["gathered"]
        self.act("give")
        listed = self.given("key_account")
        self.marks("key_account", [(listed[0]["code"], "是", "重点")])
        self.assertEqual(self.comes(1, "2026-10-31", "2026-11-18"), PERIOD)
        late = self.round()
        self.assertEqual((late["gathered"], late["new_customers"]), (count, count + 1))  # the page says that one is not in the list
        again = self.act("gather").json
        self.assertEqual((again["phase"], again["gathered"]), ("gathered", count + 1))
        self.act("give")
        key = next(one for one in self.round()["departments"] if one["department"] == self.channels["key_account"])
        self.assertEqual((key["state"], key["given"], key["claims"]), ("pending", count + 1, 1))
        self.assertEqual([(row["code"], row["note"]) for row in self.given("key_account") if row["claimed"]], [(listed[0]["code"], "重点")])
        # A department that confirmed is opened again first.
        self.answer("commercial", "confirm")
        self.assertEqual(self.comes(2, "2026-10-31", "2026-11-19"), PERIOD)
        self.assertEqual(self.act("gather", expect=422).code, "round.step")
        # Whose round is over belongs to the one that is still to be closed.
        self.set_date("2026-12-10")
        self.assertEqual(self.round()["phase"], "closed")
        self.assertEqual(self.comes(3, "2026-10-31", "2026-11-30"), 202611)

    def test_what_is_new_to_a_unit_is_confirmed_by_it(self):
        home = self.units["450103GZ0201"]
        rows = [row for row in self.admin.pages("customers", filters=[equal("unassigned", 1)]) if row["locked_until"] is None]
        batch = self.admin.commit(move_rows([(rows[0]["code"], home["code"])]))["batch"]["id"]
        manager = Api(self.server, "cm_qx01")
        waiting = [{"field": "confirmed_at", "op": "has_no_data", "values": []}]
        self.assertEqual([(row["batch"], row["unit"]) for row in manager.pages("handovers", filters=waiting)], [(batch, home["id"])])
        received = {"received": [{"batch": batch, "unit": home["id"]}]}
        self.assertEqual(Api(self.server, "nn_query").call("POST", "/api/v1/handovers/confirm", received).status, 403)
        self.assertEqual(manager.post("/api/v1/handovers/confirm", received)["confirmed"], 1)
        self.assertEqual(manager.post("/api/v1/handovers/confirm", received)["confirmed"], 0)
        self.assertEqual(list(manager.pages("handovers", filters=waiting)), [])
        self.assertEqual(manager.call("POST", "/api/v1/handovers/confirm", {"received": [{"batch": 999, "unit": home["id"]}]}).code, "handover.unknown")
        self.assertEqual(manager.call("POST", "/api/v1/handovers/confirm", {"received": [{"batch": batch, "unit": rows[0]["place"]}]}).status, 403)

    def test_where_a_customer_was(self):
        home = self.units["450103GZ0201"]
        row = next(row for row in self.admin.pages("customers", filters=[equal("unassigned", 1)]) if row["locked_until"] is None)
        self.admin.commit(move_rows([(row["code"], home["code"], "落实")]))
        history = self.admin.get(f"/api/v1/customers/{row['code']}/history")
        self.assertEqual((history["place"], history["on"], len(history["changes"])), (home["id"], "", 1))
        self.assertEqual((history["changes"][0]["from"], history["changes"][0]["to"], history["changes"][0]["note"]), (row["place"], home["id"], "落实"))
        day = history["changes"][0]["at"][:10]
        self.assertEqual(self.admin.get(f"/api/v1/customers/{row['code']}/history?on={day}")["place_then"], home["id"])
        installed = history["installed_on"]
        self.assertEqual(self.admin.get(f"/api/v1/customers/{row['code']}/history?on={installed}")["place_then"], row["place"])
        self.assertNotIn("place_then", self.admin.get(f"/api/v1/customers/{row['code']}/history?on=1999-01-01"))
        self.assertEqual(self.admin.call("GET", f"/api/v1/customers/{row['code']}/history?on=x").code, "date.format")
        ahead = self.admin.call("GET", f"/api/v1/customers/{row['code']}/history?on=2199-01-01")
        self.assertEqual((ahead.status, ahead.code), (422, "history.future"))
        self.assertEqual(Api(self.server, "cm_qx01").call("GET", "/api/v1/customers/0771999999999/history").code, "customer.unknown")


class WholeRoundOnMariaDb(WholeRound):
    kind = "mariadb"


class Close(Round):
    def test_many_servers_close_once(self):
        others = [Server(self.database) for _ in range(2)]
        for other in others:
            self.addCleanup(other.kill)
        apis = [self.admin] + [Api(other, "qudao_admin") for other in others]
        unplaced = self.round()["unplaced"]
        threads = [threading.Thread(target=lambda api=api: api.call("PUT", "/api/v1/demo-date", {"day": "2026-12-04"}, expect=200)) for api in apis]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.round()["locked"], unplaced)
        self.assertEqual(self.database.sql(f"select count(*) from lock_event where period = {PERIOD};")[0][0], unplaced)
        self.assertEqual(self.database.sql(f"select count(*) from round_event where period = {PERIOD} and act = 'close';")[0][0], 1)

    def test_what_an_outage_missed_is_made_up_at_the_start(self):
        self.server.kill()
        self.database.sql("update setting set demo_date = 20807;")  # 2026-12-20
        with Server(self.database) as later:
            api = Api(later, "qudao_admin")
            round_now = api.get(self.path())  # before anybody can ask for anything else
            self.assertEqual((round_now["phase"], round_now["events"][0]["act"]), ("closed", "close"))
            self.assertIn(f"Closed the round of {PERIOD}: {round_now['locked']} customers locked.", later.said())


class CloseOnMariaDb(Close):
    kind = "mariadb"


class CloseKilled(unittest.TestCase):
    """The server is killed at seeded points while it closes a round, asked to or because it starts after an outage; started
    again it closes it, and nothing is there twice or missing."""

    def run_on(self, kind):
        kills = max(8, int(os.environ.get("QUDAO_KILLS", "100")) // 4)
        seed = int(os.environ.get("QUDAO_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
        print(f"      seed {seed}, {kills} kills on {kind}", flush=True)
        draw = random.Random(f"{seed} close {kind}")
        database = demonstration(kind, customers=12000)
        with Server(database) as server:
            unplaced = Api(server, "qudao_admin").get(f"/api/v1/rounds/{PERIOD}")["unplaced"]
        versions = database.sql("select sum(version) from customer;")[0][0]
        database.sql("update setting set demo_date = 20791;")  # 2026-12-04
        began = time.monotonic()
        with Server(database):
            start_s = time.monotonic() - began  # with a close in it
        outcomes = {"asked": set(), "at the start": set()}
        for kill in range(kills):
            database.sql(f"delete from lock_event where period = {PERIOD}; delete from round_event where period = {PERIOD}; "
                         f"delete from monthly_round where period = {PERIOD}; delete from job; "
                         f"update customer set locked_until = null, version = version - 1 where new_in = {PERIOD} and locked_until = 21155; "
                         "update setting set demo_date = 20775;")  # 2026-11-18
            way = "asked" if kill % 2 == 0 else "at the start"
            if way == "asked":
                server = Server(database)
                api = Api(server, "qudao_admin")
                killer = threading.Timer(draw.uniform(0, 0.12), server.kill)
                killer.start()
                try:
                    api.call("PUT", "/api/v1/demo-date", {"day": "2026-12-04"})
                except Exception:  # gone in the middle: http.client says it in many ways
                    pass
                killer.join()
                server.kill()
                database.sql("update setting set demo_date = 20791;")  # where the kill came before the date was set
            else:
                database.sql("update setting set demo_date = 20791;")
                server = Server(database, wait=False)
                time.sleep(draw.uniform(0, start_s))
                server.kill()
            outcomes[way].add(self.check(database, unplaced, versions, True))
            with Server(database) as later:
                self.assertEqual(Api(later, "qudao_admin").get(f"/api/v1/rounds/{PERIOD}")["phase"], "closed")
            self.check(database, unplaced, versions, False)
        print(f"      closed before the kill: {outcomes}", flush=True)

    def check(self, database, unplaced, versions, may_be_open):
        """Everything or nothing, in every table; gives which."""
        locked, events, closed, log, now = database.sql(
            f"select (select count(*) from customer where new_in = {PERIOD} and locked_until = 21155), "
            f"(select count(*) from lock_event where period = {PERIOD}), "
            f"(select coalesce(sum(locked), -1) from monthly_round where period = {PERIOD} and phase = 'closed'), "
            f"(select count(*) from round_event where period = {PERIOD} and act = 'close'), (select sum(version) from customer);")[0]
        if closed == -1 and may_be_open:
            self.assertEqual((locked, events, log, now), (0, 0, 0, versions))
            return False
        self.assertEqual((locked, events, closed, log, now), (unplaced, unplaced, unplaced, 1, versions + unplaced))
        return True

    def test_on_sqlite(self):
        self.run_on("sqlite")

    def test_on_mariadb(self):
        self.run_on("mariadb")
