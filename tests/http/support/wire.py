"""A client that says exactly what it is told to, byte by byte: for tests of what a browser would never send."""
import socket
import time


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        """The field's value, None when it is not there; a repeated one is a failure of its own."""
        values = [value for known, value in self.headers if known == name.lower()]
        assert len(values) < 2, f"{name} comes {len(values)} times"
        return values[0] if values else None

    def all(self, name):
        return [value for known, value in self.headers if known == name.lower()]


class Closed(Exception):
    """The server ended the connection before a whole reply."""


class Wire:
    def __init__(self, port, timeout=10.0, receive_buffer=None, host="127.0.0.1"):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect((host, port))
        self.pending = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data if isinstance(data, bytes) else data.encode("latin-1"))

    def request(self, method, path, headers=(), body=b"", read=True):
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in headers]
        if body or method in ("POST", "PUT"):
            lines.append(f"Content-Length: {len(body)}")
        self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        return self.read(head_only=method == "HEAD") if read else None

    def receive(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError as error:
            raise Closed("reset") from error
        if not data:
            raise Closed("end of stream")
        self.pending += data

    def read(self, head_only=False):
        while b"\r\n\r\n" not in self.pending:
            self.receive()
        head, self.pending = self.pending.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        version, status, _ = lines[0].split(" ", 2)
        assert version == "HTTP/1.1", lines[0]
        headers = [(name.lower(), value.strip()) for name, value in (line.split(":", 1) for line in lines[1:])]
        reply = Reply(int(status), headers, b"")
        length = reply.header("content-length")
        if head_only or reply.status in (204, 304) or reply.status < 200:
            return reply
        assert length is not None, "a reply without a length"
        while len(self.pending) < int(length):
            self.receive()
        reply.body, self.pending = self.pending[:int(length)], self.pending[int(length):]
        return reply

    def is_closed(self, within=3.0):
        """Whether the server ends the connection in that time without sending more."""
        self.socket.settimeout(within)
        try:
            return self.socket.recv(1) == b""
        except (socket.timeout, TimeoutError):
            return False
        except ConnectionResetError:
            return True


def exchange(port, method, path, headers=(), body=b""):
    with Wire(port) as wire:
        return wire.request(method, path, headers, body)


def eventually(condition, within=5.0):
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False
