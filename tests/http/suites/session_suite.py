"""Logging in and out, and what a session is good for."""
import json
import re
import unittest

from support.api import PASSWORD, Api
from support.databases import demonstration
from support.server import Server

LOGIN = "/api/v1/session"


class Session(unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.database = demonstration(cls.kind)
        cls.server = Server(cls.database)

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def tearDown(self):
        self.database.sql("delete from login_failure;")

    def test_logging_in_gives_a_guarded_cookie_and_a_token(self):
        api = Api(self.server)
        answer = api.call("POST", LOGIN, {"login": "qudao_admin", "password": PASSWORD}, expect=200)
        cookie = answer.headers.get_all("Set-Cookie")
        self.assertEqual(len(cookie), 1)
        self.assertRegex(cookie[0], r"\Aqudao_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict\Z")
        self.assertRegex(answer.json["csrf_token"], r"\A[A-Za-z0-9_-]{43}\Z")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        session = api.get(LOGIN)
        self.assertEqual((session["login"], session["day"], session["demonstration"]), ("qudao_admin", "2026-11-18", True))
        self.assertTrue(session["window"]["open"])

    def test_the_database_holds_no_token_and_no_password(self):
        api = Api(self.server, "qudao_admin")
        token = api.cookie.split("=")[1]
        self.assertGreater(self.database.sql("select count(*) from session;")[0][0], 0)
        for table in ("session", "person"):
            rows = json.dumps(self.database.sql(f"select * from {table};"))
            self.assertNotIn(token, rows)
            self.assertNotIn(PASSWORD, rows)
        self.assertTrue(all(row[0].startswith("$argon2id$v=19$m=65536,t=2,") for row in
                            self.database.sql("select password_hash from person where login = 'qudao_admin';")))
        self.assertNotIn(token, self.server.said())

    def test_a_wrong_password_and_an_unknown_login_are_not_told_apart(self):
        answers = [Api(self.server).call("POST", LOGIN, {"login": login, "password": password}, expect=401)
                   for login, password in [("qudao_admin", "wrong"), ("nobody", PASSWORD), ("QUDAO_ADMIN", PASSWORD), ("qudao_admin ", PASSWORD)]]
        self.assertEqual({answer.body for answer in answers}, {answers[0].body})
        self.assertEqual(answers[0].code, "session.refused")
        self.assertTrue(all(not answer.headers.get_all("Set-Cookie") for answer in answers))

    def test_a_password_is_compared_as_it_came(self):
        for password in (PASSWORD.upper(), PASSWORD.title(), PASSWORD + " ", " " + PASSWORD, PASSWORD[:-1], PASSWORD + "x", PASSWORD + "\t", ""):
            with self.subTest(password=password):
                self.assertIn(Api(self.server).call("POST", LOGIN, {"login": "nn_lead", "password": password}).status, (400, 401))
                self.database.sql("delete from login_failure;")
        Api(self.server, "nn_lead")

    def test_saved_views_are_each_persons_own(self):
        views = LOGIN + "/views"
        api, other = Api(self.server, "qudao_admin"), Api(self.server, "nn_query")
        view = {"name": "青秀 " + self.kind, "address": "/customers?unit=3", "layouts": "{\"customers\":{}}"}
        saved = api.call("PUT", views, view, expect=200).json["views"]
        self.assertEqual([{key: one[key] for key in view} for one in saved], [view])
        self.assertEqual(api.call("PUT", views, {**view, "address": "/log"}, expect=200).json["views"][0]["address"], "/log")
        mine = api.get(views)["views"]
        self.assertEqual(len(mine), 1)
        self.assertEqual(other.get(views)["views"], [])
        refused = api.call("PUT", views, {**view, "address": "//elsewhere.example"}, expect=422)
        self.assertEqual(refused.code, "views.address")
        another, unknown = (other.call("DELETE", f"{views}/{id}", expect=200).body for id in (mine[0]["id"], 987654321))  # noqa: A001
        self.assertEqual(another, unknown)
        self.assertEqual(api.get(views)["views"], mine)
        # Another session of the same person, on another machine, has them too.
        self.assertEqual(Api(self.server, "qudao_admin").get(views)["views"], mine)
        self.assertEqual(api.call("DELETE", f"{views}/{mine[0]['id']}", expect=200).json["views"], [])

    def test_a_deactivated_person_is_out_at_once_and_stays_out(self):
        api = Api(self.server, "nn_query")
        self.database.sql("update person set active = 0 where login = 'nn_query'; update setting set basis = basis + 1, rights_version = rights_version + 1;")
        try:
            self.assertEqual(api.call("GET", LOGIN).status, 401)
            self.assertEqual(api.call("POST", "/api/v1/customers/list", {"filters": [], "order": [], "limit": 1}).status, 401)
            Api(self.server).log_in("nn_query", expect=401)
        finally:
            self.database.sql("update person set active = 1 where login = 'nn_query'; update setting set basis = basis + 1, rights_version = rights_version + 1;")

    def test_repeated_failures_slow_an_account_down(self):
        api = Api(self.server)
        for _ in range(5):
            self.assertEqual(api.call("POST", LOGIN, {"login": "tl_qx02", "password": "wrong"}).status, 401)
        answer = api.call("POST", LOGIN, {"login": "tl_qx02", "password": PASSWORD}, expect=429)
        self.assertEqual(answer.code, "session.slow_down")
        self.assertRegex(answer.headers["Retry-After"], r"\A[1-9][0-9]*\Z")
        self.assertEqual(answer.headers["Retry-After"], answer.json["params"]["seconds"])
        Api(self.server, "cm_qx01")  # others are not held up
        # Waiting it out (the failures are set back in time) lets the right password in, and forgets them.
        self.database.sql("update login_failure set last_at = last_at - 60000;")
        api.log_in("tl_qx02")
        self.assertEqual(self.database.sql("select count(*) from login_failure where subject like 'login:%';")[0][0], 0)

    def test_repeated_failures_slow_an_address_down(self):
        api = Api(self.server)
        for number in range(20):
            self.assertEqual(api.call("POST", LOGIN, {"login": f"guess{number}", "password": "wrong"}).status, 401)
        api.call("POST", LOGIN, {"login": "qudao_admin", "password": PASSWORD}, expect=429)

    def test_what_changes_something_needs_the_token(self):
        api = Api(self.server, "qudao_admin")
        other = Api(self.server, "qudao_admin")
        for token in ("", "wrong", other.csrf, api.csrf + "x"):
            with self.subTest(token=token):
                answer = api.call("PUT", "/api/v1/demo-date", {"day": "2026-11-18"}, csrf=token)
                self.assertEqual((answer.status, answer.code), (403, "session.csrf"))
        api.call("PUT", "/api/v1/demo-date", {"day": "2026-11-18"}, expect=200)

    def test_logging_out_ends_this_session_alone(self):
        api, other = Api(self.server, "qudao_admin"), Api(self.server, "qudao_admin")
        cookie = api.cookie
        self.assertEqual(api.call("DELETE", LOGIN, csrf="wrong").status, 403)
        answer = api.call("DELETE", LOGIN, expect=204)
        self.assertIn("Max-Age=0", answer.headers["Set-Cookie"])
        self.assertEqual(api.cookie, "")
        api.cookie = cookie
        self.assertEqual(api.call("GET", LOGIN).status, 401)
        other.get(LOGIN)

    def test_logging_in_ends_the_session_this_browser_had(self):
        api, desk = Api(self.server, "qudao_admin"), Api(self.server, "qudao_admin")
        before = api.cookie
        api.log_in("nn_query")
        self.assertNotEqual(api.cookie, before)
        old = Api(self.server)
        old.cookie = before
        self.assertEqual(old.call("GET", LOGIN).status, 401)
        desk.get(LOGIN)  # another browser's
        self.assertEqual(api.get(LOGIN)["login"], "nn_query")

    def test_sessions_end_when_idle_and_in_all(self):
        hour = 3600 * 1000
        for change, status in [("seen_at = seen_at - %d" % (7 * hour), 200), ("seen_at = seen_at - %d" % (8 * hour + 60000), 401),
                               ("created_at = created_at - %d" % (24 * hour + 60000), 401)]:
            with self.subTest(change=change):
                self.database.sql("delete from session;")
                api = Api(self.server, "qudao_admin")
                self.database.sql(f"update session set {change};")
                self.assertEqual(api.call("GET", LOGIN).status, status)

    def test_made_up_and_mangled_cookies_are_no_session(self):
        api = Api(self.server, "qudao_admin")
        good = api.cookie
        for cookie in ("", "qudao_session=", "qudao_session=" + "A" * 43, good + "x", good[:-1], good + "; " + good, "qudao_session=' or 1=1 --",
                       "qudao_session=%00", "__Host-" + good):
            api.cookie = cookie
            answer = api.call("GET", LOGIN)
            self.assertEqual((answer.status, answer.code), (401, "session.none"), cookie)
        api.cookie = "theme=dark; ;" + good + ";x"
        api.get(LOGIN)

    def test_roles_open_their_own_doors_only(self):
        manager = Api(self.server, "cm_qx01")
        rows = {"row_number": [2], "customer_code": ["0771000000001"], "target_codes": ["450103GZ0201"], "target": [0], "notes": [""], "note": [0]}
        answer = manager.call("POST", "/api/v1/moves/preview", {"rows": rows})
        self.assertEqual((answer.status, answer.code), (403, "rights.missing"))
        self.assertEqual(manager.call("PUT", "/api/v1/demo-date", {"day": "2026-11-18"}).status, 403)

    def test_the_log_knows_requests_and_no_secrets(self):
        api = Api(self.server, "qudao_admin")
        said = self.server.said()
        self.assertTrue(re.search(r"POST /api/v1/session 200 \d+ ms \d+ B 127\.0\.0\.1", said))
        for secret in (api.cookie.split("=")[1], api.csrf):
            self.assertNotIn(secret, said)


class SessionOnMariaDb(Session):
    kind = "mariadb"
