"""Every role before every route of the real server, compared with tests/unit/api/allowed.txt; the unit test of the same
table says which line to add for a new use case."""
import os
import re
import unittest

from support import contract
from support.api import Api
from support.databases import demonstration
from support.server import Server

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "unit", "api", "allowed.txt")
# One account of the demonstration a role, in the order of the table's columns.
ACCOUNTS = ("sysadmin", "gx_query", "qudao_admin",
            "nn_query", "nn_lead", "nn_support", "nn_channel", "nn_sysadmin", "nn_review", "nn_business",
            "qx_review", "qx_business", "qx_dept_admin", "qx_dept_support", "qx_dept_lead",
            "tl_qx02", "cm_qx01")
NOBODY = "987654321"


def written_down():
    with open(TABLE, encoding="utf-8") as table:
        for line in table:
            name, *marks = line.split()
            if not name.startswith("#"):
                yield name, "".join(marks)


class Roles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(demonstration("sqlite"))

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def test_every_route_opens_to_the_roles_of_the_table(self):
        table = {name: marks for name, marks in written_down() if marks != "anyone" and marks != "key"}
        for column, login in enumerate(ACCOUNTS):
            api = Api(self.server, login)
            for path, methods in contract.document().document["paths"].items():
                for method, operation in methods.items():
                    name = operation["operationId"]
                    if name not in table:
                        continue
                    with self.subTest(login=login, operation=name):
                        answer = api.call(method.upper(), re.sub(r"{[^}]*}", NOBODY, path), {} if "requestBody" in operation else None)
                        allowed = answer.code not in ("rights.missing", "session.none")
                        self.assertEqual("+" if allowed else ".", table[name][column], answer.body[:200])
                    if name in ("session.close", "session.close_all"):
                        api = Api(self.server, login)
