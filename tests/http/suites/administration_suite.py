"""People, roles, units, menus, the trail, keys: every operation over HTTP, done and refused, on both databases."""
import datetime
import os
import tempfile
import unittest

from support.api import Api
from support.databases import demonstration, qudao
from support.server import Server

GOOD = "correct horse battery"
SOON = (datetime.date.today() + datetime.timedelta(days=200)).isoformat()  # keys go by the real date


class Administration(unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.database = demonstration(cls.kind)
        cls.server = Server(cls.database)

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def setUp(self):
        self.admin = Api(self.server, "sysadmin")
        self.units = self.admin.organisation()

    def person(self, login):
        return self.database.sql(f"select id from person where login = '{login}';")[0][0]

    def basis(self):
        return self.admin.get("/api/v1/session")["basis"]

    def trail(self, **conditions):
        body = {"kind": "", "subject": 0, "person": 0, "from": "", "until": "", "search": "", "before": 0, "limit": 100, **conditions}
        return self.admin.post("/api/v1/audit/list", body)

    def refused(self, api, method, target, body, status, code):
        answer = api.call(method, target, body, expect=status)
        self.assertEqual(answer.code, code)
        return answer

    def add(self, login, roles):
        return self.admin.post("/api/v1/people", {"login": login, "name": "测试人员", "roles": roles}, expect=201)

    def test_a_person_from_the_first_password_to_the_last_day(self):
        team = self.units["450103GZ02"]["id"]
        role = [{"role": 16, "unit": team, "channels": []}]
        added = self.add("fresh_" + self.kind, role)
        self.refused(self.admin, "POST", "/api/v1/people", {"login": "fresh_" + self.kind, "name": "重名", "roles": role}, 422, "people.login_taken")
        fresh = Api(self.server, "fresh_" + self.kind, added["password"])
        self.assertTrue(fresh.session["must_change_password"])
        self.refused(fresh, "GET", "/api/v1/organisation", None, 403, "session.must_change_password")
        self.refused(fresh, "PUT", "/api/v1/session/password", {"current": added["password"], "password": "123456789012"}, 422, "people.password_common")
        fresh.call("PUT", "/api/v1/session/password", {"current": added["password"], "password": GOOD}, expect=200)
        fresh.get("/api/v1/organisation")
        self.assertNotIn(added["password"], str(self.database.sql("select * from person;")) + str(self.database.sql("select * from audit;")) + self.server.said())

        target = f"/api/v1/people/{added['person']}"
        page = self.admin.get(target)
        self.assertEqual([reason["action"] for reason in page["reasons"]], ["view_customer", "export_list", "confirm_handover"])
        change = {"version": page["version"], "name": "新名", "active": False, "roles": page["roles"]}
        self.admin.call("PUT", target, change, expect=200)
        self.refused(self.admin, "PUT", target, change, 409, "people.stale")
        self.assertEqual(fresh.call("GET", "/api/v1/session").status, 401)
        Api(self.server).log_in("fresh_" + self.kind, GOOD, expect=401)
        kinds = [entry["kind"] for entry in self.trail(subject=added["person"], kind="person.")["entries"]]
        self.assertEqual(kinds, ["person.change", "person.change_password", "person.add"])
        people = self.admin.post("/api/v1/people/list", {"search": "fresh_", "unit": 0, "role": 0, "state": "inactive", "after": "", "limit": 10})
        self.assertEqual([one["id"] for one in people["people"]], [added["person"]])

    def test_reset_and_logging_out_everywhere(self):
        added = self.add("reset_" + self.kind, [{"role": 17, "unit": self.units["450103GZ0201"]["id"], "channels": []}])
        here, there = (Api(self.server, "reset_" + self.kind, added["password"]) for _ in range(2))
        here.call("DELETE", "/api/v1/sessions", expect=204)
        self.assertEqual(there.call("GET", "/api/v1/session").status, 401)
        self.refused(here, "DELETE", "/api/v1/sessions", None, 401, "session.none")
        there = Api(self.server, "reset_" + self.kind, added["password"])
        target = f"/api/v1/people/{added['person']}"
        self.assertEqual(self.admin.get(target)["sessions"], 1)
        self.admin.call("DELETE", target + "/sessions", expect=200)
        self.assertEqual(there.call("GET", "/api/v1/session").status, 401)
        again = self.admin.call("POST", target + "/password", expect=200).json["password"]
        Api(self.server).log_in("reset_" + self.kind, added["password"], expect=401)
        Api(self.server, "reset_" + self.kind, again)
        for method, path in (("POST", "/password"), ("DELETE", "/sessions"), ("GET", "")):
            self.refused(self.admin, method, "/api/v1/people/987654321" + path, None, 404, "people.unknown")
            self.refused(Api(self.server, "nn_query"), method, target + path, None, 403, "rights.missing")

    def test_nobody_locks_themselves_out(self):
        target = f"/api/v1/people/{self.person('sysadmin')}"
        page = self.admin.get(target)
        self.refused(self.admin, "PUT", target, {"version": page["version"], "name": page["name"], "active": False, "roles": page["roles"]}, 422, "people.self")
        roles = self.admin.get("/api/v1/roles")
        body = {"rights_version": roles["rights_version"], "name": "系统管理员", "actions": ["view_customer"], "hidden_menus": []}
        self.refused(self.admin, "PUT", "/api/v1/roles/1", body, 422, "people.last_administrator")

    def test_roles_and_menus(self):
        roles = self.admin.get("/api/v1/roles")
        self.assertEqual(len(roles["roles"]), 17)
        support = next(role for role in roles["roles"] if role["code"] == "branch_support")
        body = {"rights_version": roles["rights_version"], "name": support["name"], "actions": support["actions"], "hidden_menus": ["log"]}
        self.admin.call("PUT", f"/api/v1/roles/{support['id']}", body, expect=200)
        self.refused(self.admin, "PUT", f"/api/v1/roles/{support['id']}", body, 409, "roles.stale")
        self.assertNotIn("log", [item["code"] for item in Api(self.server, "qx_business").session["menu"]])
        menu = self.admin.get("/api/v1/menu")
        items = menu["items"]
        items.insert(0, items.pop(next(at for at, item in enumerate(items) if item["code"] == "handovers")))
        items[0]["section"] = "customers"
        self.admin.call("PUT", "/api/v1/menu", {**menu, "items": items}, expect=200)
        self.assertEqual(Api(self.server, "nn_query").session["menu"][0]["code"], "handovers")
        items[0]["code"] = "nothing"
        self.refused(self.admin, "PUT", "/api/v1/menu", {**menu, "items": items}, 422, "menu.unknown_item")
        self.refused(Api(self.server, "nn_query"), "GET", "/api/v1/menu", None, 403, "rights.missing")

    def test_units_from_adding_to_deleting(self):
        team, other = self.units["450103GZ02"]["id"], self.units["450103GZ01"]["id"]
        body = {"code": "450103GZ02NEW", "name": "新社区", "kind": "community", "channel": self.units["450103GZ02"]["channel"], "area_parent": team,
                "channel_parent": team, "billing_area": "", "sort_order": 9}
        added = self.admin.post("/api/v1/units", body, expect=201)
        self.refused(self.admin, "POST", "/api/v1/units", body, 422, "units.code_taken")
        target = f"/api/v1/units/{added['unit']}"
        move = {"basis": added["basis"], "area_parent": other, "channel_parent": other}
        self.assertEqual(self.admin.post(target + "/move-plan", move)["units"], 1)
        self.refused(self.admin, "POST", target + "/move-plan", {**move, "area_parent": 1}, 422, "units.parent")
        moved = self.admin.post(target + "/move", move)
        self.refused(self.admin, "POST", target + "/move", move, 409, "units.stale")
        back = self.admin.call("POST", f"/api/v1/audit/{moved['entry']}/undo", expect=200).json
        self.refused(self.admin, "POST", f"/api/v1/audit/{moved['entry']}/undo", None, 409, "audit.undone")
        change = {"basis": back["basis"], "name": "改名", "sort_order": 1, "billing_area": "", "active": True}
        changed = self.admin.call("PUT", target, change, expect=200).json
        self.refused(self.admin, "PUT", target, change, 409, "units.stale")
        self.assertEqual(self.admin.get(target + "/uses")["uses"], [])
        self.refused(self.admin, "GET", "/api/v1/units/987654321/uses", None, 404, "units.unknown")
        occupied = self.refused(self.admin, "DELETE", f"/api/v1/units/{team}?basis={changed['basis']}", None, 422, "units.in_use")
        self.assertGreater(int(occupied.json["params"]["units"]), 0)
        self.admin.call("DELETE", f"{target}?basis={changed['basis']}", expect=204)
        self.assertNotIn("450103GZ02NEW", self.admin.organisation())
        kinds = [entry["kind"] for entry in self.trail(subject=added["unit"], kind="unit.")["entries"]]
        self.assertEqual(kinds, ["unit.delete", "unit.change", "unit.undo", "unit.move", "unit.add"])

    def test_policies_are_previewed_changed_and_written_down(self):
        target = "/api/v1/policies"
        before = self.admin.get(target)
        self.assertEqual((before["open_day"], before["close_day"], before["precedence"], before["fallback_pool"]), (9, 3, "cabinet_first", 0))
        with tempfile.TemporaryDirectory() as folder:  # one that its cabinet alone has placed
            path = os.path.join(folder, "subscribers.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write("#qudao-feed|subscribers|1|2026-11-18|UTF-8|billing\naccess_number|name|address|status|contract|billing_area|installed_on|cabinet\n"
                           "07715990001|某某|民族大道1号|在用|479900000001|450103|2026-11-17|CD-GJ00002\n#end|1\n")
            self.assertEqual(qudao("feed", "import", "subscribers", path, "--db", self.database.url).returncode, 0)
        then = {**before, "open_day": 20, "close_day": 5, "precedence": "both_match"}
        effect = self.admin.post(target + "/preview", then)
        self.assertEqual((effect["window_now"]["open"], effect["window_then"]["open"]), (True, False))
        self.assertEqual(effect["otherwise"], 1)
        self.assertEqual(effect["pairs"], [{"from": self.units["450103GZ0101"]["id"], "to": self.units["450103GZW0"]["id"], "customers": 1}])
        self.assertEqual(self.admin.get(target), before, "a preview changes nothing")
        community = self.units["450103GZ0201"]["id"]
        for wrong, code in (({"close_day": 20}, "policy.window_days"), ({"fallback_pool": community}, "policy.fallback_pool")):
            self.refused(self.admin, "POST", target + "/preview", {**then, **wrong}, 422, code)
            self.refused(self.admin, "PUT", target, {**then, **wrong}, 422, code)
        self.refused(self.admin, "PUT", target, {**then, "precedence": "by_chance"}, 400, "request.invalid")
        after = self.admin.call("PUT", target, then, expect=200).json
        try:
            self.assertEqual({**then, "basis": after["basis"]}, after)
            self.refused(self.admin, "PUT", target, then, 409, "policy.stale")
            self.assertFalse(self.admin.get("/api/v1/session")["window"]["open"])
            self.assertEqual(self.admin.get("/api/v1/partition-facts?access_number=07711230001")["precedence"], "both_match")
            trail = [(entry["kind"], entry["before"], entry["after"]) for entry in self.trail(kind="policy.")["entries"]][:2]
            self.assertEqual(trail, [("policy.partition", {"precedence": "cabinet_first"}, {"precedence": "both_match"}),
                                     ("policy.window", {"close_day": 3, "open_day": 9}, {"close_day": 5, "open_day": 20})])
        finally:
            self.admin.call("PUT", target, {**before, "basis": self.basis()["number"]}, expect=200)
        for login in ("qudao_admin", "nn_sysadmin"):
            other = Api(self.server, login)
            self.refused(other, "GET", target, None, 403, "rights.missing")
            self.refused(other, "POST", target + "/preview", then, 403, "rights.missing")
            self.refused(other, "PUT", target, then, 403, "rights.missing")

    def test_moving_a_unit_moves_what_is_seen(self):
        department, team = Api(self.server, "qx_dept_lead"), self.units["450103GZ02"]["id"]
        count = lambda: sum(department.get("/api/v1/unit-totals")["customers"])  # noqa: E731
        target = self.units["450102GZ"]["id"]
        before = count()
        move = {"basis": self.basis()["number"], "area_parent": target, "channel_parent": target}
        plan = self.admin.post(f"/api/v1/units/{team}/move-plan", move)
        lost = next(line["loses"] for line in plan["sight"] if line["login"] == "qx_dept_lead")
        self.assertGreater(lost, 0)
        moved = self.admin.post(f"/api/v1/units/{team}/move", {**move, "basis": plan["basis"]})
        self.assertEqual(count(), before - lost)
        self.admin.call("POST", f"/api/v1/audit/{moved['entry']}/undo", expect=200)
        self.assertEqual(count(), before)

    def test_the_trail_is_searched_and_paged(self):
        for number in range(3):
            self.add(f"trail{number}_{self.kind}", [{"role": 17, "unit": self.units["450103GZ0201"]["id"], "channels": []}])
        first = self.trail(kind="person.add", search="trail", limit=2)
        self.assertEqual(len(first["entries"]), 2)
        rest = self.trail(kind="person.add", search="trail", limit=2, before=first["next"])
        self.assertEqual((len(rest["entries"]), rest["next"]), (1, 0))
        self.assertEqual(self.trail(until="2020-01-01")["entries"], [])
        self.refused(self.admin, "POST", "/api/v1/audit/list",
                     {"kind": "", "subject": 0, "person": 0, "from": "yesterday", "until": "", "search": "", "before": 0, "limit": 1}, 400, "date.format")

    def test_looking_as_another(self):
        self.admin.call("PUT", "/api/v1/session/see-as", {"person": self.person("cm_qx01")}, expect=200)
        seen = self.admin.get("/api/v1/session")
        self.assertEqual(seen["login"], "cm_qx01")
        self.assertTrue(seen["seen_by"])
        self.refused(self.admin, "GET", "/api/v1/keys", None, 403, "rights.missing")
        self.refused(self.admin, "PUT", "/api/v1/session/password", {"current": "demo-2026", "password": GOOD}, 403, "session.read_only")
        self.assertEqual(self.admin.call("DELETE", "/api/v1/session/see-as", expect=200).json["login"], "sysadmin")
        self.refused(self.admin, "PUT", "/api/v1/session/see-as", {"person": 987654321}, 404, "people.unknown")
        self.refused(Api(self.server), "DELETE", "/api/v1/session/see-as", None, 401, "session.none")

    def test_keys_open_the_identity_of_customers_in_their_scope(self):
        community = self.units["450103GZ0201"]["id"]
        body = {"name": "10000 " + self.kind, "unit": community, "channels": ["public"], "expires_on": SOON}
        key = self.admin.post("/api/v1/keys", body, expect=201)
        self.refused(self.admin, "POST", "/api/v1/keys", body, 422, "keys.name_taken")
        self.assertNotIn(key["token"], str(self.database.sql("select * from api_key;")) + self.server.said())
        inside, contract = self.database.sql(f"select code, contract from customer where place_id = {community} order by id limit 1;")[0]
        outside = self.database.sql(f"select code from customer where place_id <> {community} order by id limit 1;")[0][0]
        system = Api(self.server)
        ask = lambda query, token=key["token"]: system.call("GET", "/api/v1/identity/customers?" + query, headers={"Authorization": "Bearer " + token})  # noqa: E731
        self.assertEqual(ask(f"code={inside}").json["customers"][0]["place"], "450103GZ0201")
        self.assertEqual(ask(f"contract={contract}").json["customers"][0]["code"], inside)
        self.assertEqual(ask(f"code={outside}").body, ask("code=0000000000000").body)
        self.assertEqual(ask("code=1", "qk_" + "A" * 43).code, "key.none")
        self.refused(self.admin, "GET", f"/api/v1/identity/customers?code={inside}", None, 401, "key.none")
        self.assertRegex(self.server.said(), rf"/api/v1/identity/customers 200 .*\(key {key['id']}\)")
        listed = self.admin.get("/api/v1/keys")["keys"]
        self.assertEqual([(one["state"], one["hint"]) for one in listed if one["id"] == key["id"]], [("good", key["token"][3:9])])
        self.admin.call("DELETE", f"/api/v1/keys/{key['id']}", expect=200)
        self.refused(self.admin, "DELETE", f"/api/v1/keys/{key['id']}", None, 404, "keys.unknown")
        self.assertEqual(ask(f"code={inside}").code, "key.none")


class AdministrationOnMariaDb(Administration):
    kind = "mariadb"
