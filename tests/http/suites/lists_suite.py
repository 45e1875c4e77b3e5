"""Lists by keyset, the organisation, totals, and what each person may see of them."""
import unittest

from support.api import Api
from support.databases import demonstration
from support.server import Server


class Lists(unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.database = demonstration(cls.kind)
        cls.server = Server(cls.database)
        cls.admin = Api(cls.server, "qudao_admin")
        cls.units = cls.admin.organisation()
        cls.total = cls.database.sql("select count(*) from customer;")[0][0]

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def test_pages_give_every_customer_once_whatever_the_order(self):
        for field, descending in [("code", False), ("code", True), ("name_key", False), ("revenue", False), ("revenue", True), ("installed_on", True)]:
            with self.subTest(field=field, descending=descending):
                rows = list(self.admin.pages("customers", limit=700, order=[{"field": field, "descending": descending}]))
                self.assertEqual(len(rows), self.total)
                self.assertEqual(len({row["id"] for row in rows}), self.total)
                if field != "name_key":  # not shown
                    keys = [(row[field] is not None, row[field]) for row in rows]
                    self.assertEqual(keys, sorted(keys, reverse=descending))

    def test_the_order_by_name_is_that_of_its_key(self):
        rows = list(self.admin.pages("customers", order=[{"field": "name_key", "descending": False}]))
        keys = dict(self.database.sql("select id, name_key from customer;"))
        in_order = [str(keys[row["id"]]) for row in rows]
        self.assertEqual(in_order, sorted(in_order))

    def test_filters(self):
        def count(*filters):
            return len(list(self.admin.pages("customers", filters=list(filters))))

        def sql(where):
            return self.database.sql(f"select count(*) from customer where {where};")[0][0]

        community = self.units["450103GZ0201"]["id"]
        self.assertEqual(count({"field": "place", "op": "equal", "values": [community]}), sql(f"place_id = {community}"))
        self.assertGreater(sql(f"place_id = {community}"), 0)
        self.assertEqual(count({"field": "revenue", "op": "has_no_data", "values": []}), sql("revenue_fen is null"))
        self.assertEqual(count({"field": "revenue", "op": "greater_equal", "values": [10000]}, {"field": "code", "op": "prefix", "values": ["0771"]}),
                         sql("revenue_fen >= 10000 and code like '0771%'"))
        self.assertEqual(count({"field": "name", "op": "contains", "values": ["公司"]}), sql("name like '%公司%'"))
        everything = self.units["GX45"]["id"]
        for tree in ("area", "channel"):
            self.assertEqual(count({"field": "place", "op": "under", "values": [everything], "tree": tree}), self.total)

    def test_a_jump_starts_in_the_middle(self):
        rows = list(self.admin.pages("customers", order=[{"field": "code", "descending": False}]))
        middle = rows[len(rows) // 2]
        page = self.admin.post("/api/v1/customers/list", {"filters": [], "order": [{"field": "code", "descending": False}], "limit": 5,
                                                          "start_at": middle["code"]})
        self.assertEqual(dict(zip(page["columns"], page["rows"][0]))["id"], middle["id"])

    def test_groups_and_measures(self):
        page = self.admin.post("/api/v1/customers/list", {"filters": [], "order": [], "limit": 1, "group_by": ["channel"],
                               "measures": [{"kind": "count", "field": ""}, {"kind": "sum", "field": "revenue"}, {"kind": "known", "field": "revenue"}]})
        truth = self.database.sql("select u.channel_id, count(*), sum(c.revenue_fen), count(c.revenue_fen) from customer c "
                                  "join unit u on u.id = c.place_id group by u.channel_id order by 1;")
        self.assertEqual([tuple(row) for row in page["rows"]], [tuple(map(int, row)) for row in truth])

    def test_mistakes_in_a_list_are_refused(self):
        good = {"filters": [], "order": [], "limit": 10}
        for change, code in [({"limit": 0}, "request.invalid"), ({"limit": 1001}, "request.invalid"), ({"limit": "10"}, "request.invalid"),
                             ({"order": [{"field": "nonsense", "descending": False}]}, "query.unknown_field"),
                             ({"order": [{"field": "address", "descending": False}]}, "query.not_sortable"),
                             ({"filters": [{"field": "id; drop table customer", "op": "equal", "values": [1]}]}, "query.unknown_field"),
                             ({"filters": [{"field": "code", "op": "like", "values": ["x"]}]}, "request.invalid"),
                             ({"filters": [{"field": "code", "op": "equal", "values": [1]}]}, "query.value_type"),
                             ({"filters": [{"field": "code", "op": "equal", "values": []}]}, "query.too_many_values"),
                             ({"filters": [{"field": "code", "op": "any_of", "values": ["x"] * 1001}]}, "request.invalid"),
                             ({"cursor": "AAAA"}, "query.cursor"), ({"cursor": "!"}, "query.cursor")]:
            with self.subTest(change=change):
                answer = self.admin.call("POST", "/api/v1/customers/list", {**good, **change})
                self.assertEqual(answer.status, 400)
                self.assertIn(answer.code, (code, "query.too_few_values") if code == "query.too_many_values" else (code,))

    def test_values_are_values_whatever_they_look_like(self):
        for text in ("'", '"', "\\", "%", "_", "' or '1'='1", "; drop table customer; --", "\u0000", "𠮷", "a" * 1000, ":name", "?"):
            answer = self.admin.call("POST", "/api/v1/customers/list", {"filters": [{"field": "name", "op": "contains", "values": [text]}], "order": [],
                                                                        "limit": 10})
            self.assertIn(answer.status, (200, 400), text)
            if answer.status == 200 and text not in ("𠮷",):
                self.assertEqual(answer.json["rows"], [], text)

    def test_each_person_sees_the_own_scope_and_no_more(self):
        everything = {row["id"] for row in self.admin.pages("customers")}
        seen = {}
        for login in ("nn_query", "nn_public", "tl_qx02", "cm_qx01"):
            api = Api(self.server, login)
            seen[login] = {row["id"] for row in api.pages("customers")}
            totals = api.get("/api/v1/unit-totals")
            self.assertEqual(sum(totals["customers"]), len(seen[login]))
            self.assertLess(len(seen[login]), len(everything))
        self.assertLess(seen["cm_qx01"], seen["tl_qx02"])
        self.assertLess(seen["tl_qx02"], seen["nn_query"])
        manager = Api(self.server, "cm_qx01")
        community = self.units["450103GZ0201"]["id"]
        self.assertEqual(seen["cm_qx01"], {row[0] for row in self.database.sql(f"select id from customer where place_id = {community};")})
        foreign = sorted(everything - seen["cm_qx01"])[0]
        code = str(self.database.sql(f"select concat('=', code) from customer where id = {foreign};" if self.kind == "mariadb" else
                                     f"select '=' || code from customer where id = {foreign};")[0][0])[1:]
        for filters in ([{"field": "id", "op": "equal", "values": [foreign]}], [{"field": "code", "op": "equal", "values": [code]}],
                        [{"field": "place", "op": "under", "values": [self.units["GX45"]["id"]]}]):
            self.assertNotIn(foreign, {row["id"] for row in manager.pages("customers", filters=filters)})
        self.assertEqual(manager.post("/api/v1/customers/states", {"codes": [code, "0000000000000"]})["code"], [])

    def test_totals_are_those_of_the_database(self):
        totals = self.admin.get("/api/v1/unit-totals")
        truth = self.database.sql("select place_id, count(*), count(revenue_fen), coalesce(sum(revenue_fen), 0) from customer group by place_id order by 1;")
        mine = sorted(zip(totals["unit"], totals["customers"], totals["with_revenue"], totals["revenue_fen"]))
        self.assertEqual(mine, [tuple(map(int, row)) for row in truth])

    def test_states_of_named_customers(self):
        codes = [row["code"] for row in self.admin.customers_of(self.units["450103GZ0201"]["id"], 5)]
        states = self.admin.post("/api/v1/customers/states", {"codes": codes + ["0000000000000"] + codes[:1]})
        self.assertEqual(sorted(states["code"]), sorted(codes))
        self.assertEqual(set(states["place"]), {self.units["450103GZ0201"]["id"]})
        self.assertEqual(self.admin.call("POST", "/api/v1/customers/states", {"codes": ["0"] * 5001}).status, 400)

    def test_the_organisation_comes_in_parts_that_make_a_whole(self):
        self.assertEqual(len(self.units), self.database.sql("select count(*) from unit;")[0][0])
        self.assertEqual(self.admin.call("GET", "/api/v1/organisation?after=-1").status, 400)
        self.assertEqual(self.admin.call("GET", "/api/v1/organisation?after=x").status, 400)

    def test_replies_stay_under_a_megabyte(self):
        page = self.admin.call("POST", "/api/v1/customers/list", {"filters": [], "order": [], "limit": 1000}, expect=200)
        self.assertLess(len(page.body), 1 << 20)
        self.assertLess(len(self.admin.call("GET", "/api/v1/organisation", expect=200).body), 1 << 20)


class ListsOnMariaDb(Lists):
    kind = "mariadb"
