"""The probe: the real transport over use cases that misbehave on request (tests/http/probe_main.cpp)."""
import os
import subprocess
import tempfile

from support.wire import eventually

PROBE = os.path.join(os.environ["QUDAO_NATIVE"], "tests", "http", "qudao_http_probe")


class Probe:
    def __init__(self, web_directory="", behind_proxy=False):
        # A file: a pipe that nobody reads would stop the server's log, and with it the server.
        self.log = tempfile.NamedTemporaryFile("r", suffix=".log")
        with open(self.log.name, "w", encoding="utf-8") as sink:
            self.process = subprocess.Popen([PROBE, web_directory] + (["behind-proxy"] if behind_proxy else []), stdin=subprocess.PIPE,
                                            stdout=sink, stderr=subprocess.STDOUT)
        assert eventually(lambda: "\n" in self.said()), "the probe does not start"
        first = self.said().split("\n")[0]
        assert first.startswith("listening "), first
        self.port = int(first.split()[1])

    def said(self):
        with open(self.log.name, encoding="utf-8") as log:
            return log.read()

    def end(self):
        """Asks it to stop; gives its exit code."""
        self.process.stdin.close()
        return self.process.wait(30)

    def cpu_s(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_mb(self):
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.stdin.close()
        self.process.wait()
