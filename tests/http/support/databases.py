"""Fresh databases for a test, and statements past everything that is tested."""
import atexit
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
QUDAO = os.path.join(os.environ["QUDAO_NATIVE"], "server", "app", "qudao")
KINDS = ("sqlite", "mariadb")

_folder = tempfile.mkdtemp(prefix="qudao-http-")
atexit.register(shutil.rmtree, _folder, True)
_lock = threading.RLock()
_counter = [0]
_templates = {}
_mariadb = {}


def number():
    with _lock:
        _counter[0] += 1
        return _counter[0]


def qudao(*arguments, text_in="", environment=None):
    """Runs a command of the program to its end."""
    return subprocess.run([QUDAO, *map(str, arguments)], input=text_in, capture_output=True, text=True, timeout=120, check=False,
                          env={**os.environ, **(environment or {})})


class Sqlite:
    kind = "sqlite"

    def __init__(self, path=None):
        self.path = path or os.path.join(_folder, f"{number()}.db")
        self.url = "sqlite://" + self.path

    def sql(self, statements):
        """Rows of the last statement; each statement ends with ';'."""
        connection = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        try:
            rows = []
            for statement in filter(None, (part.strip() for part in statements.split(";"))):
                rows = connection.execute(statement).fetchall()
            return [tuple(row) for row in rows]
        finally:
            connection.close()


class MariaDb:
    kind = "mariadb"

    def __init__(self):
        self.socket = mariadb_socket()
        self.name = f"qudao_{os.getpid()}_{number()}"
        self.url = f"mysql://qudao@localhost/{self.name}?socket={self.socket}"
        self.run(f"create database {self.name}", "qudao")

    def run(self, statements, name):
        done = subprocess.run(["mariadb", "--no-defaults", f"--socket={self.socket}", "-uqudao", "--default-character-set=utf8mb4", "-N", "-B", name,
                               "-e", statements], capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def sql(self, statements):
        def value(text):
            if text == "NULL":
                return None
            return int(text) if text.lstrip("-").isdigit() and (text == "0" or not text.lstrip("-").startswith("0")) else text
        return [tuple(map(value, line.split("\t"))) for line in self.run(statements, self.name).splitlines()]


def mariadb_socket():
    """Of the one private server of this run."""
    with _lock:
        if "skip" in _mariadb:
            raise unittest.SkipTest(_mariadb["skip"])
        if "socket" not in _mariadb:
            server = subprocess.Popen([os.path.join(TOP, "tests", "support", "mariadb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            server.stdout.readline()
            socket = server.stdout.readline().strip()
            if not socket:
                if server.wait() == 77:
                    _mariadb["skip"] = "MariaDB is not installed"
                    raise unittest.SkipTest(_mariadb["skip"])
                raise RuntimeError("the private MariaDB did not start")
            _mariadb["socket"] = socket

            def stop():
                server.stdin.close()
                server.wait(30)
            atexit.register(stop)
        return _mariadb["socket"]


def empty(kind):
    return Sqlite() if kind == "sqlite" else MariaDb()


def demonstration(kind, customers=3000, seed=5):
    """A database of its own with demonstration data; its business date is fixed (2026-11-18, the window is open)."""
    database = empty(kind)
    with _lock:
        template = _templates.get((kind, customers, seed))
        if kind == "sqlite" and template is None:
            template = Sqlite()
            filled = qudao("demo", "--db", template.url, "--customers", customers, "--seed", seed)
            assert filled.returncode == 0, filled.stderr
            template.sql("pragma wal_checkpoint(truncate)")
            _templates[(kind, customers, seed)] = template
    if kind == "sqlite":
        shutil.copy(template.path, database.path)
        return database
    filled = qudao("demo", "--db", database.url, "--customers", customers, "--seed", seed)
    assert filled.returncode == 0, filled.stderr
    return database
