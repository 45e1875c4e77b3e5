"""Every operation of the document against what is wrong in the same way everywhere."""
import json
import re
import unittest

from support import contract
from support.api import Api
from support.databases import demonstration
from support.server import Server

METHODS = ("GET", "POST", "PUT", "DELETE")


class Routes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(demonstration("sqlite"))
        cls.admin = Api(cls.server, "qudao_admin")
        cls.others = [Api(cls.server, login) for login in ("sysadmin",)]
        document = contract.document().document
        cls.operations = [(method.upper(), re.sub(r"{[^}]*}", "1", path), operation)
                          for path, methods in document["paths"].items() for method, operation in methods.items()]
        cls.paths = {}
        for method, path, _ in cls.operations:
            cls.paths.setdefault(path, set()).add(method)

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def who_may(self, operation):
        """Somebody who is let in, so that what is wrong with the request is what is answered."""
        right = operation.get("x-right")
        for api in (self.admin, *self.others):
            if right is None or any(right in grant["actions"] for grant in api.session["grants"]):
                return api
        self.fail(f"nobody of this suite holds {right}, which {operation['operationId']} needs: add an account to `others`")

    @staticmethod
    def body_of(operation):
        """The least that is not refused for its size."""
        return {} if "requestBody" in operation else None

    def test_without_a_session_nothing_opens(self):
        stranger = Api(self.server)
        for method, path, operation in self.operations:
            with self.subTest(operation=operation["operationId"]):
                if "security" not in operation:
                    continue
                answer = stranger.call(method, path, self.body_of(operation))
                expected = "key.none" if "key" in operation["security"][0] else "session.none"
                self.assertEqual((answer.status, answer.code), (401, expected))

    def test_what_anybody_may_ask_is_known(self):
        self.assertEqual({operation["operationId"] for _, _, operation in self.operations if "security" not in operation},
                         {"health.show", "openapi.show", "session.open"})

    def test_state_changing_methods_need_the_token(self):
        for method, path, operation in self.operations:
            with self.subTest(operation=operation["operationId"]):
                if "security" not in operation or method == "GET":
                    continue
                answer = self.who_may(operation).call(method, path, self.body_of(operation), csrf="wrong")
                self.assertEqual((answer.status, answer.code), (403, "session.csrf"))

    def test_bodies_that_are_no_request_are_told_where(self):
        for method, path, operation in self.operations:
            if "requestBody" not in operation:
                continue
            with self.subTest(operation=operation["operationId"]):
                for body in (b"", b"{", b"null", b"[]", b"\xff\xfe", b'"' + b"a" * 1000 + b'"', b'{"\\u0000": 1}', b"[" * 5000):
                    answer = self.who_may(operation).call(method, path, body)
                    self.assertEqual(answer.status, 400, body[:20])
                    self.assertIn(answer.code, ("request.not_json", "request.invalid"))
                answer = self.who_may(operation).call(method, path, {"nonsense": 1})
                self.assertEqual((answer.status, answer.code), (400, "request.invalid"))
                self.assertIn({"field": "nonsense", "code": "unknown"}, answer.json["fields"])

    def test_a_body_where_none_is_due_is_refused(self):
        for method, path, operation in self.operations:
            if "requestBody" in operation:
                continue
            with self.subTest(operation=operation["operationId"]):
                self.assertEqual(self.admin.call(method, path, b"{}").status, 413)

    def test_bodies_over_the_limit_are_refused(self):
        for method, path, operation in self.operations:
            if "requestBody" not in operation:
                continue
            with self.subTest(operation=operation["operationId"]):
                length = 61 << 20
                answer = self.admin.raw(method, path, None, {"Content-Length": str(length), "X-Qudao-Csrf": self.admin.csrf, "Connection": "close"})
                self.admin.disconnect()
                self.assertEqual((answer.status, answer.code), (413, "request.too_large"))

    def test_unknown_query_parameters_are_refused(self):
        for method, path, operation in self.operations:
            with self.subTest(operation=operation["operationId"]):
                answer = self.admin.call(method, path + "?nonsense=1", self.body_of(operation))
                self.assertEqual((answer.status, answer.code), (400, "request.invalid"))

    def test_a_parameter_that_comes_twice_is_refused(self):
        for query in ("after=1&after=2", "after=1&after=1", "after=1&%61fter=2"):
            answer = self.admin.call("GET", "/api/v1/organisation?" + query)
            self.assertEqual((answer.status, answer.code), (400, "request.invalid"), query)
            self.assertIn({"field": "after", "code": "repeated"}, answer.json["fields"])

    def test_broken_escapes_are_refused(self):
        for path in ("/api/v1/jobs/%zz", "/api/v1/jobs/%", "/api/v1/jobs/%ff", "/api/v1/organisation?after=%e5%8d", "/api/v1/organisation?%c0%80=1"):
            answer = self.admin.call("GET", path)
            self.assertEqual((answer.status, answer.code), (400, "request.encoding"), path)

    def test_ids_that_are_none_are_refused(self):
        for number in ("0", "-1", "x", "1.5", "9999999999999999999999", "1%20", "%E4%B8%80"):
            answer = self.admin.call("GET", f"/api/v1/batches/{number}")
            self.assertEqual((answer.status, answer.code), (400, "request.invalid"), number)
        answer = self.admin.call("GET", "/api/v1/batches/999999")
        self.assertEqual((answer.status, answer.code), (404, "moves.unknown_batch"))
        self.assertEqual(self.admin.call("GET", "/api/v1/jobs/no-such-key-at-all").status, 404)

    def test_other_methods_are_told_those_that_are_known(self):
        for path in self.paths:
            known = {method for method in METHODS if contract.document().find(method, path)}  # /batches/list fits /batches/{batch}, too
            for method in METHODS:
                if method in known:
                    continue
                with self.subTest(path=path, method=method):
                    answer = self.admin.call(method, path)
                    self.assertEqual((answer.status, answer.code), (405, "request.method"))
                    self.assertEqual(set(answer.headers["Allow"].split(", ")) - {"HEAD"}, known)

    def test_unknown_paths_are_not_found(self):
        for path in ("/api", "/api/", "/api/v1", "/api/v2/health", "/api/v1/health/", "/api/v1//health", "/api/v1/customers", "/api/v1/HEALTH",
                     "/api/v1/health%2f", "/api/v1/health/../health"):
            for method in ("GET", "POST"):
                answer = self.admin.call(method, path)
                self.assertEqual((answer.status, answer.code), (404, "request.not_found"), path)

    def test_head_is_get_without_a_body(self):
        answer = self.admin.raw("HEAD", "/api/v1/health")
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertGreater(int(answer.headers["Content-Length"]), 10)

    def test_health_and_the_document(self):
        stranger = Api(self.server)
        self.assertEqual(stranger.get("/api/v1/health")["status"], "ok")
        document = json.loads(stranger.call("GET", "/api/v1/openapi.json", expect=200).body)
        contract.learn(json.dumps(document))
        for _, _, operation in self.operations:
            self.assertTrue(operation["summary"])
