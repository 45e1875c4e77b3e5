"""The nginx site of server/deploy in front of the real binary, on loopback with TLS: what it must pass on, what it must
keep away, and that slow and stalled clients cost nobody else anything."""
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

from support.api import PASSWORD
from support.databases import TOP, demonstration
from support.server import Server
from support.wire import eventually

SITE = os.path.join(TOP, "server", "deploy", "nginx.conf")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {site}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for tool in (NGINX, "openssl"):
            if not shutil.which(tool):
                raise unittest.SkipTest(f"{tool} is not installed (toolchains/setup test)")
        cls.folder = tempfile.mkdtemp(prefix="qudao-nginx-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        web = os.path.join(cls.folder, "web")
        os.mkdir(web)
        for name, content in {"index.html": b"<page>", "app.1f3a9c20.js": b"plain" * 200, "app.1f3a9c20.js.br": b"brotli", "big.ttf": os.urandom(8 << 20)}.items():
            with open(os.path.join(web, name), "wb") as file:
                file.write(content)
        cls.server = Server(demonstration("sqlite"), "--behind-proxy", web=web)
        cls.addClassCleanup(cls.server.kill)
        cls.start_nginx()

    @classmethod
    def start_nginx(cls):
        key, certificate = os.path.join(cls.folder, "key.pem"), os.path.join(cls.folder, "cert.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        cls.port, cls.plain_port = free_port(), free_port()
        with open(SITE, encoding="utf-8") as file:
            site = file.read()
        for pattern, by in [(r"127\.0\.0\.1:8080", f"127.0.0.1:{cls.server.port}"), (r"listen 443 ", f"listen 127.0.0.1:{cls.port} "),
                            (r"listen 80( default_server)?;", rf"listen 127.0.0.1:{cls.plain_port}\1;"), (r"qudao\.example", "localhost"),
                            (r"/etc/ssl/qudao/fullchain\.pem", certificate), (r"/etc/ssl/qudao/key\.pem", key), (r"/var/log/nginx/", cls.folder + "/"),
                            # Shorter, so that the suite need not wait.
                            (r"client_header_timeout 10s", "client_header_timeout 2s"), (r"client_body_timeout 20s", "client_body_timeout 2s"),
                            (r"send_timeout 30s;", "send_timeout 2s;")]:
            site, changed = re.subn(pattern, by, site)
            assert changed, f"the site has no {pattern}"
        config = os.path.join(cls.folder, "nginx.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(MAIN.format(folder=cls.folder, site=site))
        cls.context = ssl.create_default_context(cafile=certificate)
        cls.launch()
        cls.addClassCleanup(cls.stop_nginx)

    @classmethod
    def launch(cls):
        cls.nginx = subprocess.Popen([NGINX, "-c", os.path.join(cls.folder, "nginx.conf"), "-p", cls.folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert eventually(cls.listens, 10), cls.nginx.stderr.read1(2000)

    @classmethod
    def stop_nginx(cls):
        cls.nginx.terminate()
        cls.nginx.wait()
        cls.nginx.stderr.close()

    @classmethod
    def listens(cls):
        try:
            socket.create_connection(("127.0.0.1", cls.port), 1).close()
            return True
        except OSError:
            return False

    def connect(self):
        return self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 10), server_hostname="localhost")

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=30)
        connection.request(method, path, body, headers or {})
        reply = connection.getresponse()
        answer = (reply.status, reply.headers, reply.read())
        connection.close()
        return answer

    def log_in(self, headers=None):
        return self.ask("POST", "/api/v1/session", json.dumps({"login": "qudao_admin", "password": PASSWORD}),
                        {"Content-Type": "application/json", **(headers or {})})

    def tearDown(self):
        began = time.monotonic()
        self.assertEqual(self.ask("GET", "/api/v1/health")[0], 200)
        self.assertLess(time.monotonic() - began, 1.0)

    def test_plain_http_is_sent_on_to_tls(self):
        connection = http.client.HTTPConnection("localhost", self.plain_port, timeout=10)
        connection.request("GET", "/batches/7?x=1")
        reply = connection.getresponse()
        self.assertEqual((reply.status, reply.headers["Location"]), (308, "https://localhost/batches/7?x=1"))
        connection.close()

    def test_a_program_that_calls_the_api_in_the_clear_is_refused(self):
        connection = http.client.HTTPConnection("localhost", self.plain_port, timeout=10)
        connection.request("POST", "/api/v1/session", "{}")
        reply = connection.getresponse()
        self.assertEqual((reply.status, reply.headers["Location"]), (403, None))
        self.assertEqual(json.loads(reply.read())["code"], "request.no_tls")
        connection.close()

    def test_who_asks_for_another_name_is_told_nothing(self):
        for name in ("evil.example", "127.0.0.1"):
            with socket.create_connection(("127.0.0.1", self.plain_port), 10) as wire:
                wire.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
                self.assertEqual(wire.recv(100), b"")
            with self.connect() as wire:
                wire.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
                said = wire.recv(100)
                self.assertTrue(said == b"" or b" 421 " in said, said)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with self.assertRaises(ssl.SSLError):
            context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 10), server_hostname="evil.example")

    def test_old_tls_and_weak_ciphers_are_refused(self):
        for limit in ("version", "ciphers"):
            context = ssl.create_default_context(cafile=os.path.join(self.folder, "cert.pem"))
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1 if limit == "version" else ssl.TLSVersion.TLSv1_2
            # "version": all there are, so that the version is what is refused; "ciphers": no forward secrecy, or CBC.
            context.set_ciphers("ALL:@SECLEVEL=0" if limit == "version" else "AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA256:@SECLEVEL=0")
            with self.subTest(limit=limit), self.assertRaises((ssl.SSLError, ConnectionResetError)):
                context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 10), server_hostname="localhost")
        with self.connect() as wire:
            self.assertIn(wire.version(), ("TLSv1.2", "TLSv1.3"))

    def guards(self, headers, status):
        """Once each, whoever answers."""
        for name, value in {"Strict-Transport-Security": "max-age=31536000; includeSubDomains", "X-Content-Type-Options": "nosniff",
                            "Referrer-Policy": "no-referrer"}.items():
            self.assertEqual(headers.get_all(name), [value], (status, name))
        self.assertEqual(len(headers.get_all("Content-Security-Policy")), 1, status)
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        self.assertEqual(len(headers.get_all("Cache-Control")), 1, status)
        self.assertNotRegex(headers["Server"] or "", r"\d")

    def test_every_answer_has_the_guards_whoever_gives_it(self):
        for status, method, path, body, sent in [
                (200, "GET", "/", None, {}), (200, "GET", "/api/v1/health", None, {}), (401, "GET", "/api/v1/session", None, {}),
                (404, "GET", "/api/v1/none", None, {}), (404, "GET", "/none.js", None, {}), (405, "TRACE", "/", None, {}), (405, "BREW", "/", None, {}),
                (413, "POST", "/api/v1/moves", None, {"Content-Length": str(100 << 20)}), (400, "GET", "/" + "a" * 30000, None, {}),
                (400, "GET", "/", None, {"X-Long": "a" * 40000}), (400, "GET", "/", None, {"Host": "a b"})]:
            with self.subTest(status=status, method=method, path=path[:20]):
                found, headers, body = self.ask(method, path, body, sent)
                self.assertEqual(found, status)
                self.guards(headers, status)
                if status >= 400:
                    self.assertEqual((headers["Content-Type"], json.loads(body)["status"]), ("application/problem+json", status))

    def test_a_session_over_tls_has_the_cookie_bound_to_it(self):
        status, headers, body = self.log_in()
        self.assertEqual(status, 200)
        cookie = headers["Set-Cookie"]
        self.assertRegex(cookie, r"\A__Host-qudao_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure\Z")
        self.assertIn("max-age", headers["Strict-Transport-Security"])
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        mine = {"Cookie": cookie.split(";")[0], "X-Qudao-Csrf": json.loads(body)["csrf_token"]}
        self.assertEqual(self.ask("GET", "/api/v1/session", headers=mine)[0], 200)
        self.assertEqual(self.ask("DELETE", "/api/v1/session", headers=mine)[0], 204)
        self.assertEqual(self.ask("GET", "/api/v1/session", headers=mine)[0], 401)

    def test_what_a_client_says_of_itself_is_overwritten(self):
        self.assertEqual(self.log_in({"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http"})[0], 200)
        self.assertNotIn("6.6.6.6", self.server.said())
        self.assertIn("Secure", self.log_in({"X-Forwarded-Proto": "http"})[1]["Set-Cookie"])

    def test_the_log_has_no_queries_and_a_line_a_request(self):
        self.ask("GET", "/api/v1/organisation?after=4711", headers={"Cookie": "__Host-qudao_session=cookie-4712", "Referer": "https://localhost/?4713",
                                                                       "User-Agent": 'x"4714\\x0a'})
        self.ask("GET", "/a%0d%0aforged%20line%22")

        def logged():
            with open(os.path.join(self.folder, "qudao.log"), encoding="utf-8") as log:
                return log.read()
        self.assertTrue(eventually(lambda: "forged" in logged()))
        for secret in ("4711", "4712", "4713", "4714"):
            self.assertNotIn(secret, logged())
        for line in logged().splitlines():
            self.assertRegex(line, r"\A\d{4}-\d\d-\d\dT\S+ 127\.0\.0\.1 \"[A-Z-]* [^\"]*\" \d{3} \d+ B [\d.]+ s\Z")

    def test_pages_of_other_sites_are_refused_and_the_own_is_not(self):
        own = f"https://localhost:{self.port}"
        self.assertEqual(self.log_in({"Origin": own, "Sec-Fetch-Site": "same-origin"})[0], 200)
        self.assertEqual(self.log_in({"Origin": own})[0], 200)
        self.assertEqual(self.log_in({"Origin": "https://evil.example"})[0], 403)

    def test_files_come_compressed_as_they_are(self):
        status, headers, body = self.ask("GET", "/app.1f3a9c20.js", headers={"Accept-Encoding": "gzip, deflate, br"})
        self.assertEqual((status, headers["Content-Encoding"], body), (200, "br", b"brotli"))
        self.assertIn("immutable", headers["Cache-Control"])
        status, _, body = self.ask("GET", "/app.1f3a9c20.js", headers={"Accept-Encoding": "br", "If-None-Match": headers["ETag"]})
        self.assertEqual((status, body), (304, b""))
        self.assertEqual(self.ask("GET", "/customers/42")[2], b"<page>")

    def test_json_is_compressed_on_the_way(self):
        status, headers, _ = self.ask("GET", "/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
        self.assertEqual((status, headers["Content-Encoding"]), (200, "gzip"))

    def test_connections_to_the_server_are_kept(self):
        def connections():
            with open("/proc/net/tcp", encoding="ascii") as table:
                mark = f"0100007F:{self.server.port:04X}"
                return sum(1 for line in table if line.split()[2] == mark and line.split()[3] in ("01", "06"))

        for _ in range(100):
            self.ask("GET", "/api/v1/health")
        self.assertLess(connections(), 20)

    def test_slow_heads_and_bodies_are_kept_away(self):
        silent = [self.connect() for _ in range(30)]
        for number, wire in enumerate(silent):
            wire.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n" if number % 2 else
                         b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{")
        self.assertEqual(self.ask("GET", "/api/v1/health")[0], 200)
        for wire in silent:
            wire.settimeout(8)
            try:
                said = wire.recv(200)
            except OSError:
                said = b""
            self.assertTrue(said == b"" or b" 408 " in said, said)
            wire.close()

    def test_stalled_readers_are_ended_and_cost_nobody(self):
        stalled = []
        for _ in range(30):
            wire = socket.socket()
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            wire.settimeout(10)
            wire.connect(("127.0.0.1", self.port))
            wire = self.context.wrap_socket(wire, server_hostname="localhost")
            wire.sendall(b"GET /big.ttf HTTP/1.1\r\nHost: localhost\r\n\r\n")
            stalled.append(wire)
        began = time.monotonic()
        for _ in range(20):
            self.assertEqual(self.ask("GET", "/api/v1/health")[0], 200)
        self.assertLess(time.monotonic() - began, 4)
        time.sleep(2.5)
        for wire in stalled:
            self.assertTrue(self.is_ended(wire, 2), "a client that does not read is kept for ever")
            wire.close()

    @staticmethod
    def is_ended(wire, within):
        """Whether the connection is ended; what was already sent may still be read, slowly."""
        until = time.monotonic() + within
        try:
            while time.monotonic() < until:
                if not wire.recv(1 << 16):
                    return True
        except OSError:
            return True
        return False

    def test_drips_hold_up_nobody(self):
        """Clients that send a byte now and then, so that no pause is long enough to end them at once."""
        heads = [self.connect() for _ in range(40)]
        bodies = [self.connect() for _ in range(40)]
        try:
            for wire in heads:
                wire.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            for wire in bodies:
                wire.sendall(b"POST /api/v1/moves HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n")
            for _ in range(8):
                time.sleep(0.4)
                for wire in heads + bodies:
                    try:
                        wire.sendall(b"a")
                    except OSError:
                        pass
                began = time.monotonic()
                self.assertEqual(self.ask("GET", "/api/v1/session")[0], 401)
                self.assertLess(time.monotonic() - began, 1.0)
            # The whole head has its time, however it drips; a body that keeps coming may come, and is a connection of nginx alone.
            for wire in heads:
                wire.settimeout(4)
                self.assertTrue(self.is_ended(wire, 4))
        finally:
            for wire in heads + bodies:
                wire.close()

    def test_one_address_has_only_so_many_connections(self):
        wires = [self.connect() for _ in range(210)]
        try:
            for wire in wires:  # counted from the moment the head is whole
                wire.sendall(b"POST /api/v1/moves HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{")
            time.sleep(0.5)
            refused = 0
            for wire in wires:
                wire.settimeout(0.02)
                try:
                    refused += b" 429 " in wire.recv(100)
                except OSError:
                    pass
            self.assertGreaterEqual(refused, 5)
        finally:
            for wire in wires:
                wire.close()
        self.assertTrue(eventually(lambda: self.ask("GET", "/api/v1/health")[0] == 200))

    def test_heads_and_bodies_have_limits(self):
        self.assertIn(self.ask("GET", "/api/v1/health", headers={"X-Long": "a" * 40000})[0], (400, 431))
        with self.connect() as wire:
            wire.sendall(b"POST /api/v1/moves HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (100 << 20))
            said = wire.recv(2000)
            self.assertIn(b" 413 ", said)
            self.assertIn(b"application/problem+json", said)
        # One that nginx lets through, and Qudao does not.
        self.assertEqual(self.ask("POST", "/api/v1/session", b"x" * 100000)[0], 413)

    def test_malformed_requests_are_refused(self):
        for text in (b"GET / HTTP/1.1\r\n\r\n", b"\x00\x01\x02\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                     b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n",
                     b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                     # What two readers may cut in two ways: a request smuggled behind another.
                     b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n",
                     b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                     b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
                     b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                     b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            with self.connect() as wire:
                wire.sendall(text)
                said = wire.recv(200)
                self.assertTrue(said == b"" or re.search(rb" (400|505) ", said), (text, said))

    def test_a_chunked_body_arrives_with_a_length(self):
        body = json.dumps({"login": "qudao_admin", "password": PASSWORD}).encode()
        with self.connect() as wire:
            wire.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
            self.assertIn(b" 200 ", wire.recv(4000).split(b"\r\n")[0] + b" ")

    def test_pipelined_requests_are_answered_in_turn(self):
        with self.connect() as wire:
            wire.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5)
            said = b""
            while said.count(b"HTTP/1.1 200") < 5:
                part = wire.recv(65536)
                self.assertTrue(part, said)
                said += part

    def test_a_flood_of_log_ins_does_not_get_through(self):
        self.addCleanup(self.launch)
        self.addCleanup(self.stop_nginx)  # first: with it goes what it remembers
        answers = [self.ask("POST", "/api/v1/session", "{}", {"Content-Type": "application/json"}) for _ in range(200)]
        self.assertLess(len([status for status, _, _ in answers if status == 400]), 160)
        status, headers, body = answers[-1]
        self.assertEqual((status, headers["Content-Type"], json.loads(body)["code"]), (429, "application/problem+json", "request.busy"))
        self.assertTrue(headers["Retry-After"])

    def test_while_the_server_is_away_a_problem_says_so(self):
        self.server.stop()
        try:
            status, headers, body = self.ask("GET", "/api/v1/health")
            self.assertEqual((status, headers["Content-Type"], json.loads(body)["code"]), (503, "application/problem+json", "request.stopping"))
        finally:
            type(self).server = Server(self.server.database, "--behind-proxy", "--port", str(self.server.port), web=os.path.join(self.folder, "web"))
            self.addClassCleanup(self.server.kill)
