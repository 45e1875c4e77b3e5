"""The server's log: who did what, when, from where and with what end, and nothing that should not be in it."""
import json
import re
import unittest

from support import leaks
from support.api import PASSWORD, Api
from support.databases import demonstration, empty, qudao
from support.server import Server
from support.wire import Wire

LINE = re.compile(r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warning|error) \S.*\Z")
SESSION = "/api/v1/session"


class Log(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = demonstration("sqlite")
        cls.server = Server(cls.database)
        cls.addClassCleanup(cls.server.kill)

    def tearDown(self):
        self.database.sql("delete from login_failure;")

    def lines(self, mark=0):
        """What was logged since the mark, the greeting left out."""
        return self.server.said().split(leaks.GREETING_ENDS + "\n", 1)[1].splitlines()[mark:]

    def person(self, login):
        return self.database.sql(f"select id from person where login = '{login}';")[0][0]

    def logged(self, mark, *parts):
        """The one line since the mark that has all the parts."""
        found = [line for line in self.lines(mark) if all(part in line for part in parts)]
        self.assertEqual(len(found), 1, (parts, self.lines(mark)))
        return found[0]

    def test_logging_in_and_out_is_logged_with_who_and_where(self):
        mark, me = len(self.lines()), self.person("qudao_admin")
        api = Api(self.server, "qudao_admin")
        self.assertRegex(self.logged(mark, "(session.opened)"), rf"Z info POST {SESSION} 200 .* 127\.0\.0\.1 person {me} \(session\.opened\)\Z")
        api.call("DELETE", SESSION, expect=204)
        self.assertRegex(self.logged(mark, "(session.closed)"), rf"Z info DELETE {SESSION} 204 .* 127\.0\.0\.1 person {me} \(session\.closed\)\Z")

    def test_refused_log_ins_are_warnings_with_the_login_that_exists(self):
        mark = len(self.lines())
        Api(self.server).log_in("qudao_admin", "wrong-password-1", expect=401)
        self.assertRegex(self.logged(mark, "login qudao_admin"), rf"Z warning POST {SESSION} 401 .* 127\.0\.0\.1 \(session\.refused: login qudao_admin\)\Z")
        # A login that is none may be a password in the wrong field.
        Api(self.server).log_in("my-Secret-In-The-Login-Field", "wrong-password-2", expect=401)
        self.logged(mark, "session.refused: unknown login")
        self.assertNotIn("my-Secret-In", self.server.said())
        for _ in range(5):
            Api(self.server).log_in("cm_qx01", "wrong-password-3", expect=401)
        Api(self.server).log_in("cm_qx01", expect=429)
        self.assertIn(" warning ", self.logged(mark, " 429 ", "session.slow_down"))

    def test_what_was_not_allowed_is_a_warning_with_who_and_which_right(self):
        api, me = Api(self.server, "cm_qx01"), self.person("cm_qx01")
        mark = len(self.lines())
        api.call("PUT", "/api/v1/demo-date", {"day": "2026-11-18"}, expect=403)
        self.assertRegex(self.logged(mark, "PUT /api/v1/demo-date"), rf"Z warning .* 403 .*\(rights\.missing \w+: person {me}\)\Z")
        mark = len(self.lines())
        api.call("DELETE", SESSION, csrf="wrong", expect=403)
        self.assertRegex(self.logged(mark, "DELETE"), rf"Z warning .* 403 .* person {me} \(session\.csrf\)\Z")
        mark = len(self.lines())
        api.raw("POST", SESSION, b"{}", {"Sec-Fetch-Site": "cross-site"})
        self.assertIn("(request.cross_site)", self.logged(mark, f"POST {SESSION}", " warning "))
        api.cookie = "qudao_session=" + "A" * 43
        mark = len(self.lines())
        api.call("GET", SESSION, expect=401)
        self.logged(mark, f"GET {SESSION}", " warning ", "(session.none: unknown token)")
        mark = len(self.lines())  # whoever opens the page asks so: nothing to be warned of
        Api(self.server).call("GET", SESSION, expect=401)
        self.logged(mark, f"GET {SESSION}", " info ", "(session.none)")

    def test_what_is_no_request_is_logged_with_what_is_wrong(self):
        mark = len(self.lines())
        Api(self.server).call("POST", SESSION, b'{"login":"qudao_admin","password":"' + b"cut-off-password", expect=400)
        self.logged(mark, " 400 ", "(request.not_json)")
        Api(self.server).call("POST", SESSION, b"x" * 70000, expect=413)
        self.logged(mark, " 413 ", "request.too_large")
        self.assertNotIn("cut-off-password", self.server.said())

    def test_every_line_is_one_line_in_utc_whatever_is_sent(self):
        mark = len(self.lines())
        for text in (b"GET /%0d%0a2026-01-01T00:00:00.000Z%20info%20forged HTTP/1.1\r\nHost: a\r\n\r\n",
                     b"GET /a\x0b\x1b[2J HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /\xe2\x80\xa8forged HTTP/1.1\r\nHost: a\r\n\r\n",
                     b"FORGED\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: \r\n forged\r\n\r\n"):
            with Wire(self.server.port) as wire:
                wire.send(text)
                wire.read()
        body = json.dumps({"login": "x\n2026-01-01T00:00:00.000Z info forged", "password": "y\r\nforged-too"}).encode()
        Api(self.server).call("POST", SESSION, body, expect=401)
        lines = self.lines(mark)
        self.assertGreaterEqual(len(lines), 6)
        for line in lines:
            self.assertRegex(line, LINE)
            self.assertTrue(line.isascii() and line.isprintable(), line)
            self.assertNotRegex(line, r"\A\S+ \w+ forged")


class Replies(unittest.TestCase):
    """What a browser is told to keep, and to forget."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(demonstration("sqlite"))
        cls.addClassCleanup(cls.server.kill)

    def test_nothing_of_the_api_is_kept_by_a_browser(self):
        api = Api(self.server, "qudao_admin")
        for method, target, body in [("GET", SESSION, None), ("GET", "/api/v1/organisation", None), ("GET", "/api/v1/openapi.json", None),
                                     ("POST", "/api/v1/customers/list", {"filters": [], "order": [], "limit": 1}), ("GET", "/api/v1/none", None),
                                     ("POST", "/api/v1/customers/list", b"not json")]:
            self.assertEqual(api.call(method, target, body).headers.get_all("Cache-Control"), ["no-store"], target)

    def test_logging_out_clears_the_session_and_leaves_the_browser_its_storage(self):
        """Unfinished work is kept over a log-out, for the same person."""
        answer = Api(self.server, "qudao_admin").call("DELETE", SESSION, expect=204)
        self.assertIn("Max-Age=0", answer.headers["Set-Cookie"])
        self.assertIsNone(answer.headers["Clear-Site-Data"])

    def test_pages_of_other_origins_may_not_read(self):
        api = Api(self.server, "qudao_admin")
        for method in ("GET", "OPTIONS"):
            answer = api.raw(method, SESSION, None, {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
            self.assertFalse([name for name in answer.headers.keys() if name.lower().startswith("access-control-")])

    def test_addresses_carry_no_secrets(self):
        """The document has no query parameter a secret could travel in, and the session is refused there."""
        api = Api(self.server, "qudao_admin")
        names = [parameter["name"] for path in api.get("/api/v1/openapi.json")["paths"].values() for operation in path.values()
                 for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
        self.assertTrue(names)
        self.assertFalse([name for name in names if re.search("token|password|session|key|secret|csrf", name)], names)
        stranger = Api(self.server)
        self.assertIn(stranger.call("GET", f"{SESSION}?session=" + api.cookie.split("=")[1]).status, (400, 401))


class Production(unittest.TestCase):
    """A database that is no demonstration has nothing of one."""

    def test_a_new_database_has_no_accounts_and_no_date_of_its_own(self):
        for kind in ("sqlite", "mariadb"):
            with self.subTest(kind=kind):
                database = empty(kind)
                self.assertEqual(qudao("migrate", "--db", database.url).returncode, 0)
                self.assertEqual(database.sql("select count(*) from person;"), [(0,)])
                self.assertEqual(database.sql("select count(*) from customer;"), [(0,)])
                self.assertEqual(database.sql("select demonstration, demo_date from setting;"), [(0, None)])

    def test_the_demonstrations_date_and_accounts_are_refused(self):
        database = demonstration("sqlite")
        # The people of a demonstration, in a database that is none.
        database.sql("update setting set demonstration = 0, demo_date = null;")
        with Server(database) as server:
            said = server.said()
            for text in (PASSWORD, "Demonstration", "qudao_admin"):
                self.assertNotIn(text, said)
            api = Api(server, "qudao_admin")
            self.assertFalse(api.session["demonstration"])
            answer = api.call("PUT", "/api/v1/demo-date", {"day": "2026-11-18"}, expect=422)
            self.assertEqual(answer.code, "settings.not_demonstration")
        self.assertIn("demo.not_empty", qudao("demo", "--db", database.url, "--customers", 100).stderr)
        self.assertEqual(database.sql("select demonstration, demo_date from setting;"), [(0, None)])
