"""The web client's files, as the real binary serves them beside the API."""
import os
import tempfile
import unittest

from support.databases import empty
from support.server import Server
from support.wire import exchange


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for name, content in {"index.html": b"<page>", "qudao.1f3a9c20.wasm": b"\0asm", "qudao.1f3a9c20.wasm.br": b"br", "qudao.1f3a9c20.wasm.gz": b"gz",
                              "loader.js": b"js", "style.css": b"css", "fonts/qudao-sans.ttf": b"font", "icon.svg": b"<svg/>", "icon.png": b"png",
                              "names.json": b"{}"}.items():
            path = os.path.join(cls.folder.name, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        cls.server = Server(empty("sqlite"), web=cls.folder.name)
        cls.port = cls.server.port

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()
        cls.folder.cleanup()

    def test_types(self):
        for path, mime in [("/", "text/html; charset=utf-8"), ("/index.html", "text/html; charset=utf-8"), ("/qudao.1f3a9c20.wasm", "application/wasm"),
                           ("/loader.js", "text/javascript; charset=utf-8"), ("/style.css", "text/css; charset=utf-8"),
                           ("/fonts/qudao-sans.ttf", "font/ttf"), ("/icon.svg", "image/svg+xml; charset=utf-8"), ("/icon.png", "image/png"),
                           ("/names.json", "application/json")]:
            reply = exchange(self.port, "GET", path)
            self.assertEqual((reply.status, reply.header("content-type")), (200, mime), path)

    def test_forms_and_caching(self):
        path = "/qudao.1f3a9c20.wasm"
        for accepted, encoding, body in [("", None, b"\0asm"), ("gzip, deflate, br", "br", b"br"), ("gzip", "gzip", b"gz"), ("br;q=0, gzip;q=0.5", "gzip", b"gz"),
                                         ("identity", None, b"\0asm")]:
            reply = exchange(self.port, "GET", path, [("Accept-Encoding", accepted)])
            self.assertEqual((reply.header("content-encoding"), reply.body), (encoding, body), accepted)
            self.assertEqual(reply.header("vary"), "Accept-Encoding")
            self.assertIn("immutable", reply.header("cache-control"))
            again = exchange(self.port, "GET", path, [("Accept-Encoding", accepted), ("If-None-Match", reply.header("etag"))])
            self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(exchange(self.port, "GET", "/").header("cache-control"), "no-cache")

    def test_addresses_of_the_page_and_missing_files(self):
        self.assertEqual(exchange(self.port, "GET", "/batches/7?x=1").body, b"<page>")
        for path in ("/missing.js", "/../../etc/passwd.txt", "/%2e%2e%2f%2e%2e%2fetc%2fpasswd.txt", "/fonts/..%2f..%2fsecret.db"):
            self.assertEqual(exchange(self.port, "GET", path).status, 404, path)

    def test_pages_may_not_run_foreign_script(self):
        policy = exchange(self.port, "GET", "/").header("content-security-policy")
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self' 'wasm-unsafe-eval'", policy)
        self.assertNotIn("unsafe-inline", policy)
        self.assertNotIn("'unsafe-eval'", policy)
