"""Attempts to read or move a customer of somebody else's scope, by every route. What is answered about a customer, batch,
person or job out of sight must be what is answered about one that does not exist: nothing leaks, not even whether it exists.

Every operation of the document has its attempts in PROBES, or its reason in HARMLESS; a new one without either fails here."""
import datetime
import json
import unittest

from support.api import Api, move_rows, new_key
from support.databases import demonstration
from support.server import Server
from support import contract

SOON = (datetime.date.today() + datetime.timedelta(days=200)).isoformat()  # keys go by the real date
NOBODY = {"CODE": "9999999999999", "CONTRACT": "999999999999", "NAME": "查无此人某某", "ADDRESS": "查无此地某某", "CUSTOMER": 987654301, "UNIT": 987654302,
          "BATCH": 987654303, "PERSON": 987654304, "KEY": "f" * 32, "ENTRY": 987654305, "NUMBER": "07729990009", "CABINET": "LK-GJ999",
          "PROPOSAL": 987654306}
PERIOD = 202610  # of the demonstration's open window

HARMLESS = {
    "health.show": "says whether the server is up",
    "openapi.show": "the document",
    "session.open": "session_suite: unknown logins and wrong passwords are told alike",
    "session.show": "who one is oneself",
    "session.close": "the own session",
    "session.close_all": "the own sessions",
    "session.password": "the own password",
    "session.see_own": "the own rights again",
    "views.show": "the own views",
    "views.save": "the own views",
    "views.forget": "the own views; another's stays, and is answered as one that is not there (session_suite)",
    "demo_date.set": "one date for all",
    "organisation.show": "units are no secret; customers are",
    "moves.sight": "names persons and units, and counts of flows the asker sent",
    "roles.show": "roles are no secret",
    "roles.change": "roles hold everywhere: who may change them may do so everywhere",
    "menu.show": "the menu is one for all",
    "menu.change": "the menu is one for all",
    "units.add": "units are no secret",
    "units.changes": "units are no secret; those out of scope are refused (below)",
    "units.change": "units are no secret; those out of scope are refused (administration_suite)",
    "units.move": "units are no secret; counts come from the preview",
    "units.undo": "units are no secret",
    "units.delete": "units are no secret",
    "people.add": "login names are unique in the company: that one is taken must be said",
    "rounds.list": "how far a round is, for whoever sees customers; nothing is counted",
    "rounds.show": "how far a round is, for whoever sees customers; what is counted is in view (below)",
    "rounds.act": "the right counts only where it covers every place",
    "rounds.answer": "the own department's answer; no customer is named",
    "rounds.decide": "the right counts only where it covers every place",
    "rounds.stage_1_preview": "the right counts only where it covers every place",
    "rounds.stage_1": "the right counts only where it covers every place",
    "feeds.show": "the right holds everywhere",
    "feeds.upload": "the right holds everywhere",
    "feeds.show_run": "the right holds everywhere",
    "feeds.add_part": "the right holds everywhere",
    "feeds.import": "the right holds everywhere",
    "feeds.rejected": "the right holds everywhere",
    "cabinets.list": "cabinets are no secret; the customers on them are",
    "cabinets.save": "cabinets are no secret; those out of scope are refused (feeds_suite)",
    "number_ranges.list": "number ranges are no secret; the customers in them are",
    "number_ranges.save": "number ranges are no secret",
    "number_ranges.remove": "number ranges are no secret",
    "policies.show": "the right holds everywhere",
    "policies.preview": "the right holds everywhere; counts are of places in view",
    "policies.change": "the right holds everywhere",
    "audit.list": "the right holds everywhere",
    "keys.show": "the right holds everywhere",
    "keys.add": "the right holds everywhere",
    "keys.revoke": "the right holds everywhere",
}


def listing(*filters, **more):
    return {"filters": [dict(zip(("field", "op", "values"), one)) for one in filters], "order": [], "limit": 50, **more}


ROWS = {"row_number": [2], "customer_code": ["@CODE@"], "target": [0], "target_codes": ["450103GZ0201"], "note": [0], "notes": [""]}
# Who asks (somebody who holds the right, elsewhere), and bodies in which @X@ is what is guessed.
PROBES = {
    "unit_totals.show": ("qx_dept_admin", [None]),
    "customers.list": ("qx_dept_admin", [
        listing(("code", "equal", ["@CODE@"])), listing(("id", "equal", ["@CUSTOMER@"])), listing(("contract", "equal", ["@CONTRACT@"])),
        listing(("name", "contains", ["@NAME@"])), listing(("address", "contains", ["@ADDRESS@"])), listing(("place", "equal", ["@UNIT@"])),
        listing(("place", "any_of", ["@UNIT@"])), listing(("code", "prefix", ["@CODE@"])),
        {**listing(("code", "equal", ["@CODE@"])), "measures": [{"kind": "count", "field": ""}, {"kind": "sum", "field": "revenue"}]},
        {**listing(("id", "equal", ["@CUSTOMER@"])), "group_by": ["place"], "measures": [{"kind": "count", "field": ""}]}]),
    "customers.states": ("qx_dept_admin", [{"codes": ["@CODE@"]}]),
    "adjustments.list": ("qx_dept_admin", [
        listing(("code", "equal", ["@CODE@"])), listing(("customer", "equal", ["@CUSTOMER@"])), listing(("batch", "equal", ["@BATCH@"])),
        listing(("from", "equal", ["@UNIT@"])), listing(("to", "equal", ["@UNIT@"])),
        {**listing(("customer", "equal", ["@CUSTOMER@"])), "measures": [{"kind": "count", "field": ""}]}]),
    "moves.preview": ("qx_dept_admin", [{"rows": ROWS}]),
    "moves.commit": ("qx_dept_admin", [{"key": "a" * 32, "digest": "0" * 32, "file_name": "x.csv", "rows": ROWS}]),
    "jobs.show": ("qx_dept_admin", [None]),
    "batches.list": ("qx_dept_admin", [listing(("id", "equal", ["@BATCH@"])), {**listing(("id", "equal", ["@BATCH@"])), "measures": [{"kind": "count", "field": ""}]}]),
    "batches.show": ("qx_dept_admin", [None]),
    "batches.undo_preview": ("qx_dept_admin", [None]),
    "batches.undo": ("qx_dept_admin", [{"key": "b" * 32, "digest": "0" * 32}]),
    "handovers.list": ("qx_dept_admin", [listing(("batch", "equal", ["@BATCH@"])), listing(("unit", "equal", ["@UNIT@"]))]),
    "handovers.confirm": ("qx_dept_admin", [{"received": [{"batch": "@BATCH@", "unit": "@UNIT@"}]}, {"received": [{"batch": "@BATCH@", "unit": "@OWN@"}]}]),
    "customers.history": ("qx_dept_admin", [None, "?on=2026-11-01"]),
    "customers.show": ("qx_dept_admin", [None]),
    "rounds.marks": ("dep_key", [{"department": "@DEPARTMENT@", "row_number": [2], "customer_code": ["@CODE@"], "mark": ["是"], "note": [""]}]),
    "round_customers.list": ("qx_dept_admin", [
        listing(("period", "equal", [PERIOD]), ("customer", "equal", ["@CUSTOMER@"])), listing(("code", "equal", ["@CODE@"])),
        listing(("contract", "equal", ["@CONTRACT@"])), listing(("name", "contains", ["@NAME@"])), listing(("place", "equal", ["@UNIT@"])),
        {**listing(("customer", "equal", ["@CUSTOMER@"])), "measures": [{"kind": "count", "field": ""}]}]),
    "round_marks.list": ("qx_dept_admin", [
        listing(("period", "equal", [PERIOD]), ("customer", "equal", ["@CUSTOMER@"])), listing(("code", "equal", ["@CODE@"])),
        listing(("unit", "equal", ["@UNIT@"])), {**listing(("customer", "equal", ["@CUSTOMER@"])), "measures": [{"kind": "count", "field": ""}]}]),
    "locks.list": ("qx_dept_admin", [
        listing(("customer", "equal", ["@CUSTOMER@"])), listing(("code", "equal", ["@CODE@"])),
        {**listing(("customer", "equal", ["@CUSTOMER@"])), "measures": [{"kind": "count", "field": ""}]}]),
    "locks.lift": ("dep_key", [{"customer_code": "@CODE@", "reason": "试探"}]),
    "arrear_conflicts.list": ("qx_dept_admin", [
        listing(("access_number", "equal", ["@NUMBER@"])), listing(("customer", "equal", ["@CUSTOMER@"])), listing(("code", "equal", ["@CODE@"])),
        {**listing(("access_number", "equal", ["@NUMBER@"])), "measures": [{"kind": "sum", "field": "amount"}]}]),
    "cabinets.subscribers": ("nn_channel", [None]),
    "number_ranges.subscribers": ("nn_channel", ["?first=@NUMBER@&last=@NUMBER@"]),
    "partition.facts": ("nn_channel", ["?access_number=@NUMBER@", "?contract=@CONTRACT@", "?access_number=@NUMBER@&contract=@CONTRACT@"]),
    "proposals.list": ("nn_channel", [None]),
    "proposals.close": ("nn_channel", [{}]),
    "people.list": ("nn_sysadmin", [{"search": "@LOGIN@", "unit": 0, "role": 0, "state": "all", "after": "", "limit": 10}]),
    "people.show": ("nn_sysadmin", [None]),
    "people.change": ("nn_sysadmin", [{"version": 1, "name": "x", "active": False, "roles": []}]),
    "people.reset_password": ("nn_sysadmin", [None]),
    "people.end_sessions": ("nn_sysadmin", [None]),
    "session.see_as": ("nn_sysadmin", [{"person": "@PERSON@"}]),
    "units.uses": ("nn_sysadmin", []),          # below: counts are refused outside the scope
    "units.move_preview": ("nn_sysadmin", []),  # below
    "identity.show": (None, []),                # below, with a key
}


def filled(template, values):
    if isinstance(template, str):
        for name, value in values.items():
            if template == f"@{name}@":
                return value
        return template
    if isinstance(template, list):
        return [filled(one, values) for one in template]
    if isinstance(template, dict):
        return {name: filled(one, values) for name, one in template.items()}
    return template


def path_of(path, values):
    for parameter, name in {"batch": "BATCH", "person": "PERSON", "key": "KEY", "unit": "UNIT", "entry": "ENTRY", "code": "CODE", "customer": "CODE",
                            "cabinet": "CABINET", "proposal": "PROPOSAL"}.items():
        path = path.replace("{" + parameter + "}", str(values[name]))
    for name, value in values.items():  # in a query
        path = path.replace(f"@{name}@", str(value))
    return path.replace("{period}", str(PERIOD))


class Leaks(unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.database = demonstration(cls.kind)
        cls.server = Server(cls.database)
        cls.admin = Api(cls.server, "qudao_admin")
        cls.units = cls.admin.organisation()
        home, away = cls.ends = [cls.units[code]["id"] for code in ("450271GZ0101", "450271GZ0201")] if "450271GZ0101" in cls.units else cls.two_places_away()
        # One whose name and address nobody else's contain: a list may show others for what they are.
        alone = lambda row: all(cls.database.sql(f"select count(*) from customer where {field} like '%{row[field]}%';")[0][0] == 1 for field in ("name", "address"))  # noqa: E731
        customer = next(row for row in cls.admin.customers_of(home, 50) if row["locked_until"] is None and alone(row))
        target = next(code for code, unit in cls.units.items() if unit["id"] == away)
        job = cls.admin.commit(move_rows([(customer["code"], target)]))
        assert job["state"] == "done", job
        key = cls.database.sql("select idempotency_key from outcome order by request_digest limit 1;")[0][0]
        cls.secret = {"CODE": customer["code"], "CONTRACT": customer["contract"], "NAME": customer["name"], "ADDRESS": customer["address"],
                      "CUSTOMER": customer["id"], "UNIT": away, "BATCH": job["batch"]["id"], "KEY": key, "ENTRY": 1,
                      "PERSON": cls.database.sql("select id from person where login = 'qudao_admin';")[0][0], "LOGIN": "qudao_admin", "NUMBER": "07729990001", "CABINET": "LK-GJ001", "PROPOSAL": 77001}
        known = {"OWN": cls.units["450103GZ0201"]["id"],
                 "DEPARTMENT": cls.database.sql("select id from channel where code = 'key_account';")[0][0]}  # both askers know these
        cls.secret.update(known)
        cls.nobody = {**NOBODY, "LOGIN": "nobody_at_all", **known}
        cls.give_it_a_past()

    @classmethod
    def give_it_a_past(cls):
        """The secret customer in a round, locked once, with a subscriber on a cabinet and a proposal."""
        for act in ("gather", "give"):
            cls.admin.call("POST", f"/api/v1/rounds/{PERIOD}/act", {"act": act}, expect=200)
        id, unit, number, cabinet = (cls.secret[name] for name in ("CUSTOMER", "UNIT", "NUMBER", "CABINET"))  # noqa: A001
        cls.database.sql(
            f"delete from round_customer where customer_id = {id}; delete from round_mark where customer_id = {id};"
            f"insert into round_customer (period, customer_id, claims, decided, target_unit) values ({PERIOD}, {id}, 1, null, {unit});"
            f"insert into round_mark (period, customer_id, channel_id, unit_id, claimed, note) select {PERIOD}, {id}, channel_id, {unit}, 1, '' from unit where id = {unit};"
            "insert into lock_event (at, customer_id, person_id, period, locked_before, locked_until, reason) "
            f"values (1, {id}, null, {PERIOD}, null, 20800, '');"
            "insert into subscriber (access_number, customer_id, name, address, status, contract, billing_area, installed_on, cabinet, as_of) "
            f"values ('{number}', {id}, '', '', 'in_use', '{cls.secret['CONTRACT']}', '450271', null, '{cabinet}', 20000);"
            f"insert into arrear (access_number, amount, since, source, other_amount) values ('{number}', 100, 202610, 'accounts', 250);"
            f"insert into line (access_number, cabinet, since) values ('{number}', '{cabinet}', 20000);"
            f"insert into cabinet (code, name, unit_id, version) values ('{cabinet}', '', {unit}, 1);"
            "insert into cabinet_proposal (id, access_number, customer_id, run_id, raised_on, old_cabinet, new_cabinet, from_unit, to_unit, closed_on, closed_by) "
            f"values ({cls.secret['PROPOSAL']}, '{number}', {id}, 1, 20000, '', '{cabinet}', {unit}, {cls.secret['OWN']}, null, null);")
        # To those who may see it, all of it is there.
        seen = lambda name: [row for row in cls.admin.pages(name) if row["code"] == cls.secret["CODE"]]  # noqa: E731
        assert all(seen(name) for name in ("round-customers", "round-marks", "locks", "arrear-conflicts")), "the secret customer has no past"
        assert cls.admin.get(f"/api/v1/cabinets/{cabinet}/subscribers")["subscribers"], "the secret customer has no subscriber"
        assert any(one["id"] == cls.secret["PROPOSAL"] for one in cls.admin.get("/api/v1/cabinet-proposals")["proposals"]), "no proposal"

    @classmethod
    def two_places_away(cls):
        """Two communities with customers outside Nanning, of one channel."""
        rows = cls.database.sql("select u.id, u.channel_id, count(*) from customer c join unit u on u.id = c.place_id where u.code not like '4501%' "
                                "and u.kind = 'community' and u.active = 1 and c.locked_until is null group by u.id, u.channel_id order by u.id;")
        for first in rows:
            for second in rows:
                if first[0] != second[0] and first[1] == second[1]:
                    return first[0], second[0]
        raise AssertionError("the demonstration has no two communities outside Nanning")

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def asked(self, api, method, path, body, values):
        """What is answered in the end, of a job too."""
        query = body if isinstance(body, str) else ""
        sent = None if query else filled(body, values)
        if sent and "key" in sent:
            sent["key"] = new_key()
        answer = api.call(method, path_of(path + query, values), sent)
        told = [answer.status, self.told(answer.json, values)]
        if answer.status == 202:
            told.append(self.told(api.wait_for(sent["key"]), values))
        return told

    @staticmethod
    def told(body, values):
        """Without what the asker said himself and without what differs each time."""
        for name in ("digest", "as_of", "key"):
            body.pop(name, None)
        text = json.dumps(body, sort_keys=True, ensure_ascii=False)
        for name, value in values.items():
            # Numbers only where they are told by that name: a count may be the same.
            place = f'"{name.lower()}": ' if isinstance(value, int) else ""
            text = text.replace(f'{place}"{value}"', f'{place}"@{name}@"')
        return text

    def test_what_is_out_of_sight_might_as_well_not_be(self):
        for path, methods in contract.document().document["paths"].items():
            for method, operation in methods.items():
                name = operation["operationId"]
                with self.subTest(operation=name):
                    if name in HARMLESS:
                        continue
                    self.assertIn(name, PROBES, f"the operation {name} has no leak test: give it its attempts in PROBES of leak_suite.py "
                                                "(who asks, and bodies with @CODE@, @CUSTOMER@, @UNIT@, @BATCH@, @PERSON@ for what is guessed), "
                                                "or its reason in HARMLESS")
                    login, bodies = PROBES[name]
                    api = Api(self.server, login) if bodies else None
                    for body in bodies:
                        answers = [self.asked(api, method.upper(), path, body, values) for values in (self.secret, self.nobody)]
                        self.assertEqual(answers[0], answers[1], body)

    def test_totals_and_lists_have_nothing_of_others(self):
        api = Api(self.server, "qx_dept_admin")
        mine = {unit["id"] for code, unit in self.units.items() if code.startswith("450103GZ")}
        self.assertTrue(set(api.get("/api/v1/unit-totals")["unit"]) <= mine)
        self.assertTrue({row["place"] for row in api.pages("customers")} <= mine)
        self.assertEqual([row for row in api.pages("adjustments") if row["code"] == self.secret["CODE"]], [])
        self.assertEqual(list(api.pages("batches")), [])
        self.assertEqual(list(api.pages("handovers")), [])
        for name in ("round-customers", "round-marks", "locks", "arrear-conflicts"):
            self.assertEqual([row for row in api.pages(name) if row["code"] == self.secret["CODE"]], [], name)
        network = Api(self.server, "nn_channel")
        self.assertEqual([one for one in network.get("/api/v1/cabinet-proposals")["proposals"] if one["id"] == self.secret["PROPOSAL"]], [])

    def test_of_a_batch_with_a_row_in_view_that_row_alone_is_told(self):
        """One batch of a customer of Nanning and one of elsewhere: to Nanning it is a batch of one."""
        here = self.database.sql("select c.code, u.channel_id, u.id from customer c join unit u on u.id = c.place_id where u.code like '450110GZ%' "
                                 "and u.kind = 'community' and c.locked_until is null order by c.id;")[0]
        target = next(code for code, unit in self.units.items()
                      if code.startswith("450110GZ") and unit["kind"] == "community" and unit["active"] and unit["id"] != here[2])
        there = next(row["code"] for row in self.admin.customers_of(self.ends[0], 50) if row["locked_until"] is None)
        away = next(code for code, unit in self.units.items() if unit["id"] == self.ends[1])
        job = self.admin.commit(move_rows([(here[0], target), (there, away)]))
        self.assertEqual((job["state"], job["batch"]["moved"]), ("done", 2), job)
        batch = job["batch"]["id"]
        for login in ("nn_channel", "nn_query", "nn_sysadmin"):
            api = Api(self.server, login)
            plan = api.call("GET", f"/api/v1/batches/{batch}/undo-plan")
            shown = api.get(f"/api/v1/batches/{batch}")
            listed = next(row for row in api.pages("batches") if row["id"] == batch)
            sums = api.post("/api/v1/batches/list", {**listing(("id", "equal", [batch])), "measures": [{"kind": "sum", "field": "moved"}, {"kind": "sum", "field": "rows"}]})
            with self.subTest(login=login):
                if login == "nn_channel":
                    self.assertEqual((plan.status, plan.json["rows"]), (200, 1), plan.body)
                    self.assertNotIn(there, json.dumps(plan.json))
                else:
                    self.assertEqual((plan.status, plan.json["code"]), (403, "rights.missing"))
                self.assertEqual([(one["moved"], one["rows"]) for one in (shown, listed)], [(1, 1), (1, 1)])
                self.assertEqual(sums["rows"], [[1, 1]])
        self.assertEqual(self.admin.get(f"/api/v1/batches/{batch}")["moved"], 2)

    def test_a_round_is_counted_by_scope(self):
        whole = self.admin.get(f"/api/v1/rounds/{PERIOD}")
        self.assertTrue(all(event.get("customers") is not None for event in whole["events"]))
        for login in ("cm_qx01", "qx_dept_admin", "nn_query"):
            with self.subTest(login=login):
                api = Api(self.server, login)
                shown = api.get(f"/api/v1/rounds/{PERIOD}")
                seen = list(api.pages("round-customers", filters=[{"field": "period", "op": "equal", "values": [PERIOD]}]))
                self.assertEqual((shown["gathered"], shown["phase"]), (len(seen), whole["phase"]))
                self.assertLess(shown["gathered"], whole["gathered"])
                self.assertLess(shown["new_customers"], whole["new_customers"])
                self.assertEqual([event.get("customers") for event in shown["events"]], [None] * len(whole["events"]))

    def test_nothing_of_others_moves(self):
        api = Api(self.server, "qx_dept_admin")
        before = self.database.sql(f"select place_id, version from customer where id = {self.secret['CUSTOMER']};")
        rows = move_rows([(self.secret["CODE"], "450103GZ0201")])
        order = {"key": new_key(), "digest": api.preview(rows)["digest"], "file_name": "x.csv", "rows": rows}
        api.call("POST", "/api/v1/moves", order, expect=202)
        self.assertEqual(api.wait_for(order["key"])["state"], "failed")
        self.assertEqual(self.database.sql(f"select place_id, version from customer where id = {self.secret['CUSTOMER']};"), before)

    def test_counts_of_units_are_for_those_who_administer_them(self):
        api = Api(self.server, "nn_sysadmin")
        away = f"/api/v1/units/{self.secret['UNIT']}"
        self.assertEqual(api.call("GET", away + "/uses").code, "units.out_of_scope")
        self.assertEqual(api.call("GET", away + "/changes").code, "units.out_of_scope")
        self.assertEqual(api.get(f"/api/v1/units/{self.secret['OWN']}/changes")["entries"], [])
        self.assertEqual(api.call("POST", away + "/move-plan", {"basis": 0, "area_parent": 1, "channel_parent": 1}).code, "units.out_of_scope")

    def test_a_key_sees_its_scope_alone(self):
        sysadmin = Api(self.server, "sysadmin")
        key = sysadmin.post("/api/v1/keys", {"name": "leak " + self.kind, "unit": self.units["450103GZ"]["id"], "channels": [], "expires_on": SOON}, expect=201)
        system = Api(self.server)
        for name in ("CODE", "CONTRACT"):
            answers = [system.call("GET", f"/api/v1/identity/customers?{name.lower()}={values[name]}", headers={"Authorization": "Bearer " + key["token"]})
                       for values in (self.secret, self.nobody)]
            self.assertEqual(answers[0].body, answers[1].body)


class LeaksOnMariaDb(Leaks):
    kind = "mariadb"
