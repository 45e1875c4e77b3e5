"""Several servers on one database: what one is doing is seen from the other, and what one that died was doing ends with a
clear answer and can be asked for again anywhere. (How jobs are taken over is in the contract tests.)"""
import concurrent.futures
import unittest

from support.api import Api, move_rows, new_key
from support.databases import demonstration
from support.server import Server

ROWS = 4000


class TwoServers(unittest.TestCase):
    def setUp(self):
        self.database = demonstration("mariadb", customers=12000)
        self.one = Server(self.database, "--job-lease", "2")
        self.addCleanup(self.one.kill)
        self.two = Server(self.database, "--job-lease", "2")
        self.addCleanup(self.two.kill)
        self.at_one = Api(self.one, "qudao_admin")
        self.at_two = Api(self.two)
        self.at_two.cookie, self.at_two.csrf = self.at_one.cookie, self.at_one.csrf  # sessions are in the database
        units = self.at_one.organisation()
        home = units["450103GZ0201"]
        self.targets = [unit for unit in units.values() if unit["kind"] == "community" and unit["active"] and unit["code"].startswith("4501")
                        and unit["channel"] == home["channel"]][:2]
        ids = {unit["id"] for unit in self.targets}
        everyone = self.at_one.pages("customers", filters=[{"field": "channel", "op": "equal", "values": [home["channel"]]},
                                                           {"field": "locked_until", "op": "has_no_data", "values": []}])
        self.codes = [row["code"] for row in everyone if row["place"] not in ids][:ROWS]

    def order(self, target):
        return self.at_one.commit_order(move_rows([(code, self.targets[target]["code"]) for code in self.codes]), key=new_key())

    def test_a_commit_is_seen_and_answered_from_the_other_server(self):
        order = self.order(0)
        self.at_one.call("POST", "/api/v1/moves", order, expect=202)
        # Known at once; an order that is repeated there waits for the first and gives its answer.
        self.assertIn(self.at_two.get(f"/api/v1/jobs/{order['key']}")["state"], ("running", "done"))
        self.at_two.call("POST", "/api/v1/moves", order, expect=202)
        answers = [api.wait_for(order["key"]) for api in (self.at_one, self.at_two)]
        self.assertEqual([answer["state"] for answer in answers], ["done", "done"])
        self.assertEqual(answers[0]["batch"]["id"], answers[1]["batch"]["id"])
        self.assertEqual(self.database.sql("select count(*) from batch;"), [(1,)])

    def test_the_same_customers_at_both_servers_at_once_in_opposite_order(self):
        for target in (0, 1, 0):
            rows = [(code, self.targets[target]["code"]) for code in self.codes[:1500]]
            orders = [self.at_one.commit_order(move_rows(rows)), self.at_one.commit_order(move_rows(rows[::-1]))]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                for sent in [pool.submit(api.call, "POST", "/api/v1/moves", order, 202) for api, order in zip((self.at_one, self.at_two), orders)]:
                    sent.result()
            jobs = [self.at_two.wait_for(order["key"]) for order in orders]
            self.assertEqual(sorted(job["state"] for job in jobs), ["done", "failed"], jobs)
            # Not "busy": locks are taken in one order, whatever the order of the rows.
            self.assertEqual([job["problem"]["code"] for job in jobs if job["state"] == "failed"], ["moves.stale"])
            self.assertEqual([job["batch"]["moved"] for job in jobs if job["state"] == "done"], [1500])
        self.assertEqual(self.database.sql("select count(*) from batch;"), [(3,)])

    def test_what_a_dead_server_was_doing_ends_as_lost_and_can_be_asked_for_again(self):
        job = None
        for attempt in range(20):
            order = self.order(attempt % 2)
            self.at_one.call("POST", "/api/v1/moves", order, expect=202)
            self.one.kill()
            if self.database.sql(f"select count(*) from outcome where idempotency_key = '{order['key']}' and body is not null;") == [(0,)]:
                self.assertEqual(self.at_two.get(f"/api/v1/jobs/{order['key']}")["state"], "running")
                job = self.at_two.wait_for(order["key"], within=20)
                break
            # It was quicker than the signal: once more.
            self.one = Server(self.database, "--job-lease", "2")
            self.addCleanup(self.one.kill)
            cookie, csrf = self.at_one.cookie, self.at_one.csrf
            self.at_one = Api(self.one)
            self.at_one.cookie, self.at_one.csrf = cookie, csrf
        self.assertIsNotNone(job, "no commit was caught in the act")
        self.assertEqual((job["state"], job["problem"]["code"], job["problem"]["status"]), ("failed", "job.lost", 409))
        self.at_two.call("POST", "/api/v1/moves", order, expect=202)
        done = self.at_two.wait_for(order["key"])
        self.assertEqual((done["state"], done["batch"]["moved"]), ("done", ROWS))
