"""The real binary, serving on a free port."""
import os
import re
import signal
import subprocess
import tempfile

from support import contract, leaks
from support.api import Api
from support.databases import QUDAO
from support.wire import eventually


class Server:
    def __init__(self, database, *arguments, web=None, wait=True):
        self.database = database
        self.looked_at = False
        # A file: a pipe that nobody reads would stop the server's log, and with it the server.
        self.log = tempfile.NamedTemporaryFile("r", suffix=".log")
        port = [] if "--port" in arguments else ["--port", "0"]
        command = [QUDAO, "serve", "--db", database.url, *port, *arguments] + (["--web", web] if web else [])
        with open(self.log.name, "w", encoding="utf-8") as sink:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT)
        if not wait:
            return  # it is to be killed while it starts
        if not eventually(lambda: self.address() or self.process.poll() is not None, 30) or not self.address():
            said = self.said()
            self.kill()
            raise RuntimeError("the server did not start: " + said)
        self.port = int(self.address().rsplit(":", 1)[1])
        if contract.document() is None:
            contract.learn(Api(self).raw("GET", "/api/v1/openapi.json").body)

    def address(self):
        found = re.search(r"Qudao: http://(\S+)", self.said())
        return found[1] if found else None

    def said(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            return log.read()

    def stop(self, within=30):
        """By SIGTERM; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def kill(self):
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if not self.looked_at:
            self.looked_at = True
            leaks.look_at_log(self.said())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
