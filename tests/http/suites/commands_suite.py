"""The program on the command line: what it says when something is wrong, accounts, and how it stops."""
import contextlib
import os
import signal
import socket
import sqlite3
import tempfile
import time
import unittest

from support.api import Api, move_rows
from support.databases import QUDAO, demonstration, empty, qudao
from support.server import Server
from support.wire import exchange


class Commands(unittest.TestCase):
    def refused(self, *arguments, code=1, says=(), text_in="", environment=None):
        done = qudao(*arguments, text_in=text_in, environment=environment)
        self.assertEqual(done.returncode, code, (arguments, done.stdout, done.stderr))
        for text in says:
            self.assertIn(text, done.stderr)
        return done

    def test_wrong_use_is_told_from_failure(self):
        for arguments in [(), ("nonsense",), ("serve",), ("serve", "--db", "sqlite:///x", "--port", "x"), ("serve", "--db", "sqlite:///x", "--port", "70000"),
                          ("serve", "--db", "sqlite:///x", "--threads", "0"), ("user", "add"), ("plan", "--workbook", "x", "--day", "2026-11-18", "--actor", "a")]:
            with self.subTest(arguments=arguments):
                environment = {name: "" for name in ("QUDAO_DB", "QUDAO_PORT")}
                done = qudao(*arguments, environment=environment)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertTrue(done.stderr)
        self.assertEqual(qudao("--help").returncode, 0)

    def test_addresses_that_are_none(self):
        for url in ("nonsense", "sqlite://", "postgres://a@b/c", "mysql://@host/name", "mysql://user@host:99999/name", "mysql://user@host"):
            with self.subTest(url=url):
                self.refused("migrate", "--db", url, says=["database.url"])
        self.refused("migrate", "--db", "sqlite:///nowhere/at/all.db", says=["database.unavailable"])
        done = self.refused("migrate", "--db", "mysql://user:word-of-secret@127.0.0.1:1/name", says=["database.unavailable"])
        self.assertNotIn("word-of-secret", done.stdout + done.stderr)

    def test_a_port_that_is_taken(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            self.refused("serve", "--db", empty("sqlite").url, "--port", taken.getsockname()[1], says=["bind.in_use", "--port"])

    def test_an_address_that_is_not_ours(self):
        for address in ("203.0.113.1", "nonsense..", "256.1.1.1"):
            self.refused("serve", "--db", empty("sqlite").url, "--port", 0, "--bind", address, says=["bind."])

    def test_a_folder_without_the_client(self):
        with tempfile.TemporaryDirectory() as folder:
            self.refused("serve", "--db", empty("sqlite").url, "--port", 0, "--web", folder, says=["web.no_index"])
            self.refused("serve", "--db", empty("sqlite").url, "--port", 0, "--web", folder + "/nowhere", says=["web.unreadable", "--web takes"])

    def test_a_database_of_a_later_program_is_left_alone(self):
        for kind in ("sqlite", "mariadb"):
            with self.subTest(kind=kind):
                database = empty(kind)
                self.assertEqual(qudao("migrate", "--db", database.url).returncode, 0)
                self.assertEqual(qudao("migrate", "--db", database.url).returncode, 0)
                self.make_newer(database)
                self.refused("migrate", "--db", database.url, says=["database.newer"])
                self.refused("serve", "--db", database.url, "--port", 0, says=["database.newer"])

    @staticmethod
    def make_newer(database):
        """As a later program would leave it: one more migration is noted."""
        database.sql("insert into schema_version (version, done, finished) select max(version) + 1, 0, 1 from schema_version;")

    def test_what_only_looks_makes_and_migrates_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            def looks(url):
                plan = ("plan", "--workbook", QUDAO, "--day", "2026-11-18", "--actor", "qudao_admin")
                return [(*command, "--db", url) for command in (plan, ("snapshot", os.path.join(folder, "out")), ("user", "list"))]
            nowhere = os.path.join(folder, "nowhere.db")
            for command in looks("sqlite://" + nowhere):
                with self.subTest(command=command):
                    self.refused(*command, says=["database.missing", "qudao migrate"])
                    self.assertFalse(os.path.exists(nowhere))
            for kind in ("sqlite", "mariadb"):
                database = empty(kind)
                self.assertEqual(qudao("migrate", "--db", database.url).returncode, 0)
                whole = database.sql("select count(*) from schema_version;")[0][0]
                database.sql(f"delete from schema_version where version = {whole};")
                for command in looks(database.url):
                    with self.subTest(kind=kind, command=command):
                        self.refused(*command, says=["database.older", "qudao migrate"])
                self.assertEqual(database.sql("select count(*) from schema_version;")[0][0], whole - 1)
                self.assertFalse(os.path.exists(os.path.join(folder, "out")))

    def test_what_only_looks_changes_nothing_of_a_file_of_somebody_else(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "others.db")
            with contextlib.closing(sqlite3.connect(path)) as others:
                others.execute("create table theirs (id integer)")
                others.commit()
            with open(path, "rb") as file:
                before = file.read()
            for command in (("snapshot", os.path.join(folder, "out")), ("user", "list")):
                with self.subTest(command=command):
                    self.refused(*command, "--db", "sqlite://" + path, says=["database.older"])
                    self.assertEqual(os.listdir(folder), ["others.db"])
            with open(path, "rb") as file:
                self.assertEqual(file.read(), before)

    def test_a_workbook_that_is_no_file(self):
        database = demonstration("sqlite")
        with tempfile.TemporaryDirectory() as folder:
            for path in (folder, folder + "/nowhere.xlsx"):
                self.refused("plan", "--db", database.url, "--workbook", path, "--day", "2026-11-18", "--actor", "qudao_admin", says=["plan.file"])

    def test_demonstration_data_wants_a_database_of_its_own(self):
        database = demonstration("sqlite")
        self.refused("demo", "--db", database.url, "--customers", 100, says=["demo.not_empty"])
        self.assertEqual(qudao("demo", "--db", database.url, "--customers", 100, "--if-empty").returncode, 0)
        self.refused("demo", "--db", empty("sqlite").url, "--customers", 11, says=["demo.size"])
        self.refused("demo", code=2, says=["--sample"])
        self.refused("demo", "--sample", "/nowhere/moves.xlsx", code=2, says=[".csv"])

    def test_accounts(self):
        database = demonstration("sqlite")
        add = ("user", "add", "--db", database.url, "new_one", "--name", "新人", "--role", "data_query", "--unit", "GX45")
        password = "correct horse battery"
        self.refused(*add, text_in="short\n", says=["people.password_short"])
        self.assertEqual(qudao(*add, text_in=password + "\n").returncode, 0)
        self.refused(*add, text_in=password + "\n", says=["people.login_taken"])
        # Before a password is asked for.
        self.refused("user", "add", "--db", database.url, "other_one", "--name", "x", "--role", "no_role", "--unit", "GX45", says=["rights.unknown_role"])
        self.refused("user", "add", "--db", database.url, "other_one", "--name", "x", "--role", "data_query", "--unit", "NO", says=["rights.unknown_unit"])
        self.refused("user", "password", "--db", database.url, "nobody_at_all", text_in=password + "\n", says=["people.unknown"])
        listed = qudao("user", "list", "--db", database.url)
        self.assertIn("new_one\t新人\tdata_query", listed.stdout)
        self.assertNotIn("argon2", listed.stdout)
        with Server(database) as server:
            api = Api(server, "new_one", password)
            # While the server runs: a new password, then deactivation; both count at once.
            self.assertEqual(qudao("user", "password", "--db", database.url, "new_one", text_in="another password\n").returncode, 0)
            Api(server).log_in("new_one", password, expect=401)
            Api(server, "new_one", "another password")
            self.assertEqual(qudao("user", "deactivate", "--db", database.url, "new_one").returncode, 0)
            self.assertEqual(api.call("GET", "/api/v1/session").status, 401)
            # All of it is in the audit trail, by nobody among the people.
            trail = Api(server, "sysadmin").post("/api/v1/audit/list", {"kind": "", "subject": 0, "person": 0, "search": "new_one", "from": "", "until": "", "before": 0, "limit": 10})
            self.assertEqual([(entry["kind"], entry["person"]) for entry in trail["entries"]],
                             [("person.change", 0), ("person.reset_password", 0), ("person.add", 0)])
            self.assertEqual((trail["entries"][0]["before"], trail["entries"][0]["after"]), ({"active": True}, {"active": False}))

    def test_accounts_are_made_by_the_rules_of_the_screen(self):
        database = empty("sqlite")
        password = "correct horse battery\n"
        add = ("user", "add", "--db", database.url, "--role", "system_administrator", "--unit", "GX45", "--unit-name", "广西")
        for login, name, code in (("Bad Login", "张三", "people.login"), ("x", "张三", "people.login"), ("good", "X\tY", "people.name"), ("good", "", "people.name")):
            self.refused(*add, login, "--name", name, text_in=password, says=[code])
        self.assertEqual(qudao(*add, "boss", "--name", "张三", text_in=password).returncode, 0)
        # The last administrator stays, until there is another.
        self.refused("user", "deactivate", "--db", database.url, "boss", says=["people.last_administrator"])
        self.assertEqual(qudao(*add, "deputy", "--name", "李四", text_in=password).returncode, 0)
        self.assertEqual(qudao("user", "deactivate", "--db", database.url, "boss").returncode, 0)
        self.refused("user", "deactivate", "--db", database.url, "deputy", says=["people.last_administrator"])

    def test_a_new_database_is_served_and_says_how_to_get_in(self):
        database = empty("sqlite")
        with Server(database) as server:
            self.assertIn("qudao user add", server.said())
            self.assertNotIn("demo-2026", server.said())
            Api(server).log_in("qudao_admin", "demo-2026", expect=401)

    def test_a_demonstration_says_so_with_its_accounts(self):
        with Server(demonstration("sqlite")) as server:
            said = server.said()
            for text in ("2026-11-18", "demo-2026", "qudao_admin", "cm_qx01"):
                self.assertIn(text, said)

    def test_a_sample_workbook_comes_without_a_database(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "moves.csv")
            self.assertEqual(qudao("demo", "--customers", 3000, "--seed", 5, "--sample", path, "--sample-rows", 50).returncode, 0)
            with open(path, encoding="utf-8-sig") as sample:
                lines = sample.read().splitlines()
            self.assertEqual((lines[0], len(lines)), ("客户编码,目标单位编码,备注", 51))
            few = qudao("demo", "--customers", 12, "--sample", path, "--sample-rows", 1000)
            self.assertEqual(few.returncode, 0)
            with open(path, encoding="utf-8-sig") as sample:
                self.assertIn(f"sample: {len(sample.read().splitlines()) - 1} rows", few.stderr)


class Stopping(unittest.TestCase):
    def test_it_stops_on_either_signal_and_starts_again(self):
        database = demonstration("sqlite")
        for number in (signal.SIGTERM, signal.SIGINT):
            server = Server(database)
            began = time.monotonic()
            server.process.send_signal(number)
            self.assertEqual(server.process.wait(10), 0)
            self.assertLess(time.monotonic() - began, 3)
            with self.assertRaises(OSError):
                exchange(server.port, "GET", "/api/v1/health")

    def test_a_commit_under_way_is_finished_first(self):
        database = demonstration("sqlite", customers=12000)
        server = Server(database)
        try:
            api = Api(server, "qudao_admin")
            home = api.organisation()["450103GZ0201"]
            filters = [{"field": "channel", "op": "equal", "values": [home["channel"]]}, {"field": "locked_until", "op": "has_no_data", "values": []}]
            codes = [row["code"] for row in api.pages("customers", filters=filters) if row["place"] != home["id"]][:3000]
            order = api.commit_order(move_rows([(code, home["code"]) for code in codes]))
            api.call("POST", "/api/v1/moves", order, expect=202)
            while api.get(f"/api/v1/jobs/{order['key']}")["phase"] in ("", "waiting"):
                pass
            self.assertEqual(server.stop(), 0)
        finally:
            server.kill()
        self.assertEqual(database.sql("select moved from batch;"), [(len(codes),)])

    def test_a_second_signal_does_not_wait(self):
        database = demonstration("sqlite")
        server = Server(database)
        try:
            with socket.create_connection(("127.0.0.1", server.port)) as silent:
                silent.sendall(b"GET /api/v1/health HTTP/1.1\r\n")
                # A writer of another process holds the database, and with it a request.
                import sqlite3
                blocker = sqlite3.connect(database.path, isolation_level=None)
                blocker.execute("begin immediate")
                waiting = socket.create_connection(("127.0.0.1", server.port))
                body = b'{"login":"qudao_admin","password":"demo-2026"}'
                waiting.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
                time.sleep(1.0)
                server.process.send_signal(signal.SIGTERM)
                time.sleep(0.5)
                self.assertIsNone(server.process.poll())
                server.process.send_signal(signal.SIGTERM)
                self.assertNotEqual(server.process.wait(3), 0)
                blocker.close()
                waiting.close()
        finally:
            server.kill()


class Program(unittest.TestCase):
    def test_it_is_there(self):
        self.assertTrue(os.access(QUDAO, os.X_OK), QUDAO)
