"""What strangers can send to the transport: every request gets a reply or the end of its own connection, and the others
keep being served."""
import json
import os
import socket
import tempfile
import threading
import time
import unittest

from support.probe import Probe
from support.wire import Closed, Wire, eventually, exchange

MB = 1 << 20


def problem_code(reply):
    assert reply.header("content-type") == "application/problem+json", reply.headers
    document = json.loads(reply.body)
    assert document["status"] == reply.status
    return document["code"]


class Transport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        with open(os.path.join(cls.folder.name, "index.html"), "w", encoding="ascii") as file:
            file.write("<page>")
        with open(os.path.join(cls.folder.name, "font.ttf"), "wb") as file:
            file.write(os.urandom(6 * MB))
        cls.probe = Probe(cls.folder.name)
        cls.port = cls.probe.port

    @classmethod
    def tearDownClass(cls):
        cls.probe.kill()
        cls.folder.cleanup()

    def tearDown(self):
        # Whatever the test did: somebody else is served, at once.
        began = time.monotonic()
        self.assertEqual(exchange(self.port, "GET", "/api/echo").status, 200)
        self.assertLess(time.monotonic() - began, 1.0)

    def said(self, text):
        """What the server answers to these very bytes: a status, or 0 when it just ends the connection."""
        with Wire(self.port) as wire:
            wire.send(text)
            try:
                return wire.read().status
            except Closed:
                return 0

    def test_a_request_arrives_as_it_was_sent(self):
        with Wire(self.port) as wire:
            reply = wire.request("POST", "/api/echo/%E5%8D%97%2F?a=%20b+c&d", [("Cookie", "qudao_session=tok-1"), ("X-Qudao-Csrf", "csrf"),
                                 ("If-Match", '"7"'), ("X-Forwarded-For", "6.6.6.6")], b"0123456789")
        lines = reply.body.decode().split("\n")
        self.assertEqual(lines[:8], ["POST", "/api/echo/%E5%8D%97%2F", "a=%20b+c&d", "tok-1", "csrf", '"7"', "127.0.0.1", "10"])

    def test_every_reply_carries_the_security_headers(self):
        for path in ("/", "/font.ttf", "/api/echo", "/missing.js", "/api/throw/other"):
            reply = exchange(self.port, "GET", path)
            self.assertIn("frame-ancestors 'none'", reply.header("content-security-policy"))
            self.assertIn("'wasm-unsafe-eval'", reply.header("content-security-policy"))
            self.assertNotIn("unsafe-inline", reply.header("content-security-policy"))
            self.assertEqual(reply.header("x-content-type-options"), "nosniff")
            self.assertEqual(reply.header("referrer-policy"), "no-referrer")

    def test_a_connection_serves_many_requests(self):
        with Wire(self.port) as wire:
            for number in range(300):
                self.assertIn(f"/api/echo/{number}\n", wire.request("GET", f"/api/echo/{number}").body.decode())
                self.assertEqual(wire.request("GET", "/").body, b"<page>")

    def test_http_1_0_and_connection_close_end_the_connection(self):
        with Wire(self.port) as wire:
            wire.send("GET /api/echo HTTP/1.0\r\n\r\n")
            self.assertEqual(wire.read().header("connection"), "close")
            self.assertTrue(wire.is_closed())
        with Wire(self.port) as wire:
            self.assertEqual(wire.request("GET", "/api/echo", [("Connection", "close")]).header("connection"), "close")
            self.assertTrue(wire.is_closed())

    def test_malformed_requests_are_refused_and_the_connection_ends(self):
        for text, status in [
                ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS hello\r\n\r\n", 400),
                ("GET\r\n\r\n", 400), ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505), ("GET / HTTP/1.1\r\n\r\n", 400),
                ("GET / HTTP/1.1\nHost: a\n\r\n\r\n", 400), ("G\x00T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                ("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n", 400),
                ("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
                ("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", 400),
                ("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 411),
                ("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
                ("GET /api/echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400), ("GET /api/\xe5 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]:
            with self.subTest(text=text), Wire(self.port) as wire:
                wire.send(text)
                reply = wire.read()
                self.assertEqual(reply.status, status)
                self.assertEqual(reply.header("connection"), "close")
                self.assertTrue(problem_code(reply).startswith("request."))
                self.assertTrue(wire.is_closed())

    def test_malformed_cookies_and_dates_are_nobody_s_trouble(self):
        for name, value in [("Cookie", "=;;; qudao_session"), ("Cookie", '"'), ("Cookie", "a=\xff\xfe; b"), ("Cookie", "qudao_session=\xe5\x8d\x97"),
                            ("Date", "yesterday"), ("Cache-Control", "max-age=x, =,"), ("Host-Like", ":::"), ("Accept", "////;q=x"),
                            ("If-None-Match", '"'), ("Content-Type", ";;;"), ("Accept-Encoding", "br;q=;;,"), ("Range", "bytes=-"),
                            ("Authorization", "Basic ???"), ("Expect", "the unexpected"), ("Connection", ",,,")]:
            with self.subTest(name=name, value=value):
                self.assertEqual(exchange(self.port, "GET", "/api/echo", [(name, value)]).status, 200)

    def test_heads_have_a_limit(self):
        self.assertEqual(exchange(self.port, "GET", "/api/echo", [("X-Long", "a" * 15000)]).status, 200)
        self.assertEqual(exchange(self.port, "GET", "/api/echo", [("X-Long", "a" * 17000)]).status, 431)
        self.assertEqual(exchange(self.port, "GET", "/api/echo", [(f"X-{n}", "a") for n in range(150)]).status, 431)
        self.assertEqual(self.said("GET /" + "a" * 20000), 431)

    def test_slow_heads_end_after_a_second_here(self):
        with Wire(self.port) as wire:
            began = time.monotonic()
            wire.send("GET /api/echo HTTP/1.1\r\n")
            for _ in range(30):  # one field each tenth of a second, for ever
                time.sleep(0.1)
                try:
                    wire.send("X-More: 1\r\n")
                except OSError:
                    break
                if time.monotonic() - began > 1.3:
                    break
            reply = wire.read()
            self.assertEqual((reply.status, problem_code(reply)), (408, "request.timeout"))
            self.assertLess(time.monotonic() - began, 2.5)
            self.assertTrue(wire.is_closed())

    def test_slow_bodies_and_silent_connections_end(self):
        with Wire(self.port) as wire:
            wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123")
            self.assertEqual(wire.read().status, 408)
            self.assertTrue(wire.is_closed())
        with Wire(self.port) as wire:
            self.assertTrue(wire.is_closed(within=4))
        with Wire(self.port) as wire:  # a body that keeps coming is not slow
            wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n")
            for _ in range(10):
                time.sleep(0.2)
                wire.send("x")
            self.assertEqual(wire.read().status, 200)

    def test_bodies_have_the_limit_of_their_use_case(self):
        self.assertEqual(exchange(self.port, "POST", "/api/echo/small", body=b"x" * 1000).status, 200)
        reply = exchange(self.port, "POST", "/api/echo/small", body=b"x" * 1001)
        self.assertEqual((reply.status, problem_code(reply)), (413, "request.too_large"))
        self.assertEqual(json.loads(reply.body)["params"], {"limit_bytes": "1000"})
        self.assertEqual(exchange(self.port, "GET", "/api/echo", body=b"x").status, 413)
        self.assertEqual(exchange(self.port, "GET", "/", body=b"x").status, 413)

    def test_a_body_far_over_the_limit_gets_a_reply_while_it_is_being_sent(self):
        with Wire(self.port) as wire:
            wire.send(f"POST /api/echo/small HTTP/1.1\r\nHost: a\r\nContent-Length: {10 ** 12}\r\n\r\n")
            wire.send(b"x" * MB)
            self.assertEqual(wire.read().status, 413)

    def test_large_bodies_arrive_whole(self):
        body = os.urandom(50 * MB)
        began = time.monotonic()
        with Wire(self.port, timeout=60) as wire:
            reply = wire.request("POST", "/api/echo", body=body)
        self.assertEqual(reply.body.split(b"\n")[7], str(len(body)).encode())
        self.assertLess(time.monotonic() - began, 20)

    def test_bodies_have_a_budget_together(self):
        wires = [Wire(self.port) for _ in range(3)]
        try:
            for wire in wires[:2]:
                wire.send(f"POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: {40 * MB}\r\n\r\n")
                time.sleep(0.1)
            wires[2].send(f"POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: {40 * MB}\r\n\r\n")
            reply = wires[2].read()
            self.assertEqual((reply.status, problem_code(reply)), (503, "request.busy"))
            self.assertIsNotNone(reply.header("retry-after"))
        finally:
            for wire in wires:
                wire.close()
        # What broken-off bodies had reserved is free again.
        self.assertTrue(eventually(lambda: self.status_of_post(60 * MB) == 200))

    def status_of_post(self, size):
        try:
            return exchange(self.port, "POST", "/api/echo", body=b"x" * size).status
        except (Closed, OSError):
            return 0

    def test_expect_100_continue_is_answered(self):
        with Wire(self.port) as wire:
            wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            self.assertEqual(wire.read().status, 100)
            wire.send("abc")
            self.assertEqual(wire.read().status, 200)
        with Wire(self.port) as wire:  # no invitation for a body that will be refused
            wire.send("POST /api/echo/small HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\nExpect: 100-continue\r\n\r\n")
            self.assertEqual(wire.read().status, 413)

    def test_pipelined_requests_are_never_lost_in_silence(self):
        for path in ("/api/echo", "/api/sleep/50", "/"):
            with self.subTest(path=path), Wire(self.port) as wire:
                wire.send(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n" * 5)
                answered = 0
                try:
                    while answered < 5:
                        self.assertEqual(wire.read().status, 200)
                        answered += 1
                except Closed:
                    pass
                # All answered, or told by the end of the connection that the rest was not.
                self.assertGreaterEqual(answered, 1)

    def test_bytes_split_anywhere_make_the_same_request(self):
        text = b"POST /api/echo/split HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"
        for at in range(1, len(text)):
            with Wire(self.port) as wire:
                wire.send(text[:at])
                time.sleep(0.002)
                wire.send(text[at:])
                self.assertIn(b"/api/echo/split", wire.read().body)

    def test_unknown_methods_are_refused_with_those_that_are_known(self):
        for method in ("PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"):
            reply = exchange(self.port, method, "/api/echo")
            self.assertEqual((reply.status, problem_code(reply)), (405, "request.method"))
            self.assertIn("GET", reply.header("allow"))
        self.assertEqual(exchange(self.port, "POST", "/").header("allow"), "GET, HEAD")

    def test_head_has_the_length_and_no_body(self):
        with Wire(self.port) as wire:
            reply = wire.request("HEAD", "/api/bytes/1234")
            self.assertEqual((reply.status, reply.header("content-length")), (200, "1234"))
            self.assertEqual(wire.request("HEAD", "/font.ttf").header("content-length"), str(6 * MB))
            self.assertEqual(wire.request("GET", "/").body, b"<page>")  # nothing is left on the connection

    def test_what_a_use_case_throws_is_told_to_nobody(self):
        for kind in ("exception", "other"):
            reply = exchange(self.port, "GET", f"/api/throw/{kind}")
            self.assertEqual((reply.status, problem_code(reply)), (500, "internal"))
            self.assertNotIn(b"secret", reply.body)
        reply = exchange(self.port, "GET", "/api/secret")
        self.assertEqual(reply.status, 503)
        self.assertNotIn(b"detail", reply.body)

    def test_other_sites_pages_cannot_post(self):
        for headers in ([("Sec-Fetch-Site", "cross-site")], [("Origin", "http://evil.example")], [("Origin", "null")]):
            reply = exchange(self.port, "POST", "/api/echo", headers)
            self.assertEqual((reply.status, problem_code(reply)), (403, "request.cross_site"))
        self.assertEqual(exchange(self.port, "POST", "/api/echo", [("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin")]).status, 200)

    def test_cookies_are_set_with_their_guards(self):
        self.assertEqual(exchange(self.port, "POST", "/api/cookie/set").header("set-cookie"),
                         "qudao_session=abc-DEF_123; Path=/; HttpOnly; SameSite=Strict")
        self.assertIn("Max-Age=0", exchange(self.port, "DELETE", "/api/cookie/clear").header("set-cookie"))
        # A header of a stranger's makes no TLS.
        self.assertNotIn("Secure", exchange(self.port, "POST", "/api/cookie/set", [("X-Forwarded-Proto", "https")]).header("set-cookie"))

    def test_etags_of_use_cases(self):
        self.assertEqual(exchange(self.port, "GET", "/api/etag").header("etag"), '"v1"')
        reply = exchange(self.port, "GET", "/api/etag", [("If-None-Match", '"v1"')])
        self.assertEqual((reply.status, reply.body), (304, b""))
        self.assertEqual(exchange(self.port, "GET", "/api/etag", [("If-None-Match", '"v2"')]).status, 200)

    def test_the_pool_s_queue_is_bounded(self):
        wires = [Wire(self.port) for _ in range(60)]
        try:
            for wire in wires:
                wire.request("GET", "/api/sleep/150", read=False)
            statuses = [wire.read().status for wire in wires]
        finally:
            for wire in wires:
                wire.close()
        self.assertEqual(set(statuses), {200, 503})
        self.assertLessEqual(abs(statuses.count(200) - 34), 4)  # 2 threads and 16 waiting for each

    def test_connections_have_a_limit_and_free_up(self):
        wires = []
        try:
            for _ in range(230):
                wires.append(Wire(self.port))
            self.assertTrue(wires[-1].is_closed())
        finally:
            for wire in wires:
                wire.close()
        self.assertTrue(eventually(self.can_be_served))

    def can_be_served(self):
        try:
            return exchange(self.port, "GET", "/api/echo").status == 200
        except (Closed, OSError):
            return False

    def test_readers_that_stall_cost_nobody_else_anything(self):
        stalled = []
        try:
            for path in ["/font.ttf"] * 8 + ["/api/bytes/6000000"] * 8:
                wire = Wire(self.port, receive_buffer=4096)
                wire.request("GET", path, read=False)
                stalled.append(wire)
            time.sleep(0.3)
            cpu = self.probe.cpu_s()
            began = time.monotonic()
            for _ in range(50):
                self.assertEqual(exchange(self.port, "GET", "/api/echo").status, 200)
                self.assertEqual(exchange(self.port, "GET", "/").status, 200)
            self.assertLess(time.monotonic() - began, 2.0)
            time.sleep(0.7)
            self.assertLess(self.probe.cpu_s() - cpu, 0.5)
            # Nobody reads: after a second and a half here they are ended.
            self.assertTrue(eventually(lambda: self.reset(stalled[0]) and self.reset(stalled[-1]), 6))
        finally:
            for wire in stalled:
                wire.close()

    @staticmethod
    def reset(wire):
        """Whether the server has ended the connection: what was already sent may still be read."""
        wire.socket.settimeout(0.5)
        try:
            while True:
                if not wire.socket.recv(1 << 20):
                    return True
        except (socket.timeout, TimeoutError):
            return False
        except OSError:
            return True

    def test_a_slow_reader_gets_it_all(self):
        with Wire(self.port, receive_buffer=8192) as wire:
            wire.request("GET", "/font.ttf", read=False)
            received = 0
            began = time.monotonic()
            while b"\r\n\r\n" not in wire.pending:
                wire.receive()
            received = len(wire.pending.split(b"\r\n\r\n", 1)[1])
            while received < 6 * MB:
                if time.monotonic() - began < 2.5:
                    time.sleep(0.05)
                part = wire.socket.recv(65536)
                self.assertTrue(part, f"ended after {received} bytes")
                received += len(part)
            self.assertEqual(received, 6 * MB)
            wire.pending = b""
            self.assertEqual(wire.request("GET", "/").status, 200)

    def test_clients_that_go_away_in_the_middle_leave_nothing_behind(self):
        descriptors = f"/proc/{self.probe.process.pid}/fd"
        self.assertTrue(eventually(lambda: exchange(self.port, "GET", "/api/echo").status == 200))
        time.sleep(0.3)
        before = len(os.listdir(descriptors))
        for number in range(200):
            wire = Wire(self.port)
            what = number % 4
            if what == 0:
                wire.send("GET /api/ec")
            elif what == 1:
                wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf")
            elif what == 2:
                wire.request("GET", "/api/sleep/5", read=False)
            else:
                wire.request("GET", "/font.ttf", read=False)
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0" if number % 3 == 0 else b"\0" * 8)
            wire.close()
        self.assertTrue(eventually(lambda: len(os.listdir(descriptors)) <= before + 2, 8), os.listdir(descriptors))

    def test_replies_reach_their_own_client(self):
        """Clients that come and go at once reuse each other's socket numbers."""
        wrong = []

        def client(identity):
            for number in range(120):
                mark = f"/api/echo/{identity}-{number}"
                with Wire(self.port) as wire:
                    wire.request("GET", mark, read=False)
                    if number % 3 == 0:
                        continue  # gone before the reply
                    body = wire.read().body.decode()
                    if mark + "\n" not in body:
                        wrong.append((mark, body))

        threads = [threading.Thread(target=client, args=(identity,)) for identity in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


class Log(unittest.TestCase):
    def test_the_log_has_a_line_a_request_and_no_secrets(self):
        probe = Probe()
        try:
            exchange(probe.port, "POST", "/api/echo/path?query-secret", [("Cookie", "qudao_session=cookie-secret"), ("X-Qudao-Csrf", "csrf-secret")],
                     b"body-secret")
            exchange(probe.port, "POST", "/api/cookie/set")
            exchange(probe.port, "GET", "/api/throw/exception")
            exchange(probe.port, "GET", "/api/secret")
            self.assertEqual(probe.end(), 0)
            said = probe.said()
        finally:
            probe.kill()
        self.assertIn("POST /api/echo/path 200 ", said)
        self.assertIn("GET /api/throw/exception 500 ", said)
        self.assertIn("runtime_error", said)
        self.assertIn(r"detail for the log\x0aonly", said)
        for secret in ("secret-in-what", "query-secret", "cookie-secret", "csrf-secret", "body-secret", "abc-DEF_123"):
            self.assertNotIn(secret, said)


class BehindProxy(unittest.TestCase):
    def test_the_proxy_s_word_counts(self):
        probe = Probe(behind_proxy=True)
        try:
            headers = [("X-Forwarded-For", "6.6.6.6, 10.0.0.9"), ("X-Forwarded-Proto", "https"), ("Cookie", "__Host-qudao_session=t")]
            lines = exchange(probe.port, "GET", "/api/echo", headers).body.decode().split("\n")
            self.assertEqual((lines[3], lines[6]), ("t", "10.0.0.9"))
            reply = exchange(probe.port, "POST", "/api/cookie/set", headers)
            self.assertEqual(reply.header("set-cookie"), "__Host-qudao_session=abc-DEF_123; Path=/; HttpOnly; SameSite=Strict; Secure")
            self.assertIn("max-age", reply.header("strict-transport-security"))
        finally:
            probe.kill()


class Stopping(unittest.TestCase):
    def test_what_is_under_way_ends_well_and_what_is_new_is_refused(self):
        probe = Probe()
        try:
            with Wire(probe.port) as slow, Wire(probe.port) as kept:
                self.assertEqual(kept.request("GET", "/api/echo").status, 200)
                slow.request("GET", "/api/sleep/1000", read=False)
                time.sleep(0.2)
                probe.process.stdin.close()
                time.sleep(0.2)
                reply = kept.request("GET", "/api/echo")
                self.assertEqual((reply.status, problem_code(reply)), (503, "request.stopping"))
                self.assertIsNotNone(reply.header("retry-after"))
                self.assertTrue(kept.is_closed())
                self.assertEqual(exchange(probe.port, "GET", "/").status, 503)
                self.assertEqual(slow.read().status, 200)
            self.assertEqual(probe.process.wait(10), 0)
            self.assertIn("\nquiet\n", probe.said())
        finally:
            probe.kill()
