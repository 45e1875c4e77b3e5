"""A client of the API as a browser would be one: one connection, a cookie, the token. Every exchange is checked against
the API's document."""
import http.client
import json
import time
import urllib.parse
import uuid

from support import contract, leaks

PASSWORD = "demo-2026"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Of the problem; '' when there is none."""
        return self.json["code"] if self.status >= 400 else ""


class Api:
    def __init__(self, server, login=None, password=PASSWORD, timeout=60):
        self.port = server.port
        self.timeout = timeout
        self.connection = None
        self.cookie = self.csrf = ""
        self.session = None
        if login:
            self.log_in(login, password)

    def log_in(self, login, password=PASSWORD, expect=200):
        leaks.remember(password, "a password")
        answer = self.call("POST", "/api/v1/session", {"login": login, "password": password}, expect=expect)
        if answer.status == 200:
            self.session = answer.json
            self.csrf = answer.json["csrf_token"]
            leaks.remember(self.csrf, "a CSRF token")
        return answer

    def raw(self, method, target, body=None, headers=None):
        """One exchange, unchecked. A connection that the server ended meanwhile is opened again once, as browsers do."""
        sent = {"Connection": "keep-alive", **({"Cookie": self.cookie} if self.cookie else {}), **(headers or {})}
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            try:
                self.connection.request(method, target, body, sent)
                reply = self.connection.getresponse()
                answer = Answer(reply.status, reply.headers, reply.read())
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.disconnect()
                if fresh or attempt == 2:
                    raise
            except BaseException:
                self.disconnect()
                raise
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookie = f"{name}={value}" if value else ""
            leaks.remember(value, "a session's token")
        return answer

    def disconnect(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def call(self, method, target, body=None, expect=None, headers=None, csrf=None):
        """`body` is JSON, or bytes as they are. Fails when the status is not the one expected."""
        sent = dict(headers or {})
        token = self.csrf if csrf is None else csrf
        if method != "GET" and token:
            sent["X-Qudao-Csrf"] = token
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        leaks.remember_body(data)
        answer = self.raw(method, target, data, sent)
        leaks.look_at_refusal(method, target, answer.status, answer.body)
        if method != "GET" and len(answer.body) < 10000:
            leaks.remember_body(answer.body)
        parts = urllib.parse.urlsplit(target)
        if contract.document():
            query = [name for name, _ in urllib.parse.parse_qsl(parts.query, keep_blank_values=True)]
            contract.document().check(method, parts.path, query, data, answer.status, answer.headers, answer.body)
        if expect is not None and answer.status != expect:
            raise AssertionError(f"{method} {target}: {answer.status} instead of {expect}: {answer.body[:600]!r}")
        return answer

    def get(self, target, expect=200):
        return self.call("GET", target, expect=expect).json

    def post(self, target, body, expect=200):
        return self.call("POST", target, body, expect=expect).json

    # --- what several suites need ---------------------------------------------------------------------------------

    def organisation(self):
        """All units, by code, as dictionaries."""
        units, after = {}, 0
        while after is not None:
            part = self.get(f"/api/v1/organisation?after={after}")
            for at, code in enumerate(part["code"]):
                units[code] = {name: part[name][at] for name in ("id", "code", "name", "kind", "channel", "area_parent", "active")}
            after = part.get("next_after")
        return units

    def pages(self, name, limit=1000, **request):
        """All rows of a list, page by page, as dictionaries."""
        cursor = {}
        while True:
            page = self.post(f"/api/v1/{name}/list", {"filters": [], "order": [], "limit": limit, **request, **cursor})
            for row in page["rows"]:
                yield dict(zip(page["columns"], row))
            if "next" not in page:
                return
            cursor = {"cursor": page["next"]}

    def customers_of(self, unit, limit):
        filters = [{"field": "place", "op": "equal", "values": [unit]}]
        page = self.post("/api/v1/customers/list", {"filters": filters, "order": [{"field": "code", "descending": False}], "limit": limit})
        return [dict(zip(page["columns"], row)) for row in page["rows"]]

    def preview(self, rows):
        return self.post("/api/v1/moves/preview", {"rows": rows})

    def commit_order(self, rows, digest=None, key=None, file_name="moves.xlsx"):
        return {"key": key or new_key(), "digest": digest or self.preview(rows)["digest"], "file_name": file_name, "rows": rows}

    def commit(self, rows, digest=None, key=None):
        """Previews unless a digest is given, commits, waits; gives the finished job."""
        order = self.commit_order(rows, digest, key)
        self.call("POST", "/api/v1/moves", order, expect=202)
        return self.wait_for(order["key"])

    def undo(self, batch, key=None):
        digest = self.get(f"/api/v1/batches/{batch}/undo-plan")["digest"]
        key = key or new_key()
        self.call("POST", f"/api/v1/batches/{batch}/undo", {"key": key, "digest": digest}, expect=202)
        return self.wait_for(key)

    def wait_for(self, key, within=60):
        until = time.monotonic() + within
        while True:
            job = self.get(f"/api/v1/jobs/{key}")
            if job["state"] != "running":
                return job
            assert time.monotonic() < until, f"still running: {job}"
            time.sleep(0.01)


def new_key():
    return uuid.uuid4().hex


def move_rows(rows):
    """(customer code, target code[, note]) as the API takes them: by columns, repeated texts once."""
    targets, notes = {}, {}
    columns = {"row_number": [], "customer_code": [], "target": [], "note": []}
    for at, (customer, target, *note) in enumerate(rows):
        columns["row_number"].append(at + 2)  # the header is row 1
        columns["customer_code"].append(customer)
        columns["target"].append(targets.setdefault(target, len(targets)))
        columns["note"].append(notes.setdefault(note[0] if note else "", len(notes)))
    return {**columns, "target_codes": list(targets), "notes": list(notes)}
