"""The API's own document (OpenAPI 3.1), against which every exchange of every suite is checked: what was sent, when it was
accepted, and what came back, always. Operations no suite has visited, with success and with a refusal, are failures."""
import json
import re
import threading

import jsonschema


def _fast_items(validator, items, instance, schema):
    """`items` of plain texts and numbers in one loop: a move has columns of thousands of rows."""
    kind = items.get("type") if isinstance(items, dict) else None
    known = {"type", "minLength", "maxLength", "minimum", "maximum"}
    if not isinstance(instance, list) or len(instance) < 50 or kind not in ("string", "integer") or set(items) - known:
        yield from jsonschema.Draft202012Validator.VALIDATORS["items"](validator, items, instance, schema)
        return
    names = ("minLength", "maxLength") if kind == "string" else ("minimum", "maximum")
    low, high = items.get(names[0], -(1 << 63)), items.get(names[1], 1 << 63)
    for index, item in enumerate(instance):
        fits = isinstance(item, str) if kind == "string" else type(item) is int  # a bool is no number here
        if not fits or not low <= (len(item) if kind == "string" else item) <= high:
            yield jsonschema.ValidationError(f"item {index}: {item!r} does not fit {items}")
            return


Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"items": _fast_items})


class Violation(AssertionError):
    """An exchange that the document does not allow."""


class Document:
    def __init__(self, document):
        self.document = document
        assert document["openapi"].startswith("3.1"), document["openapi"]
        self.resolver = jsonschema.RefResolver.from_schema(document)
        self.validators = {}
        self.operations = []  # (method, path pattern, operation)
        self.succeeded, self.refused = set(), set()
        self.exchanges = 0
        self.lock = threading.Lock()
        for path, methods in document["paths"].items():
            pattern = re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path)) + r"\Z")
            for method, operation in methods.items():
                self.operations.append((method.upper(), pattern, operation))
        self.check_itself()

    def check_itself(self):
        names = [operation["operationId"] for _, _, operation in self.operations]
        assert len(names) == len(set(names)), "an operationId comes twice"
        for _, _, operation in self.operations:
            assert "default" in operation["responses"], operation["operationId"]
            bodies = [operation["requestBody"]] if "requestBody" in operation else []
            for owner in bodies + [self.resolved(response) for response in operation["responses"].values()]:
                for content in owner.get("content", {}).values():
                    jsonschema.Draft202012Validator.check_schema(content["schema"])

    def resolved(self, node):
        return self.resolver.resolve(node["$ref"])[1] if "$ref" in node else node

    def find(self, method, path):
        for known, pattern, operation in self.operations:
            if known == method and pattern.match(path):
                return operation
        return None

    def validate(self, schema, value, what):
        key = json.dumps(schema, sort_keys=True)
        with self.lock:
            validator = self.validators.get(key)
            if validator is None:
                validator = self.validators[key] = Validator(schema, resolver=self.resolver)
        error = next(validator.iter_errors(value), None)
        if error:
            raise Violation(f"{what}: {error.message[:500]} at {list(error.absolute_path)}")

    def check_headers(self, operation, status, headers):
        """Those of a use case's own; what all answers carry is the transport's."""
        response = operation["responses"].get(str(status)) or operation["responses"]["default"]
        described = self.resolved(response).get("headers", {})
        for name in ("Location", "Set-Cookie", "Retry-After"):
            if headers.get(name) and name not in described:
                raise Violation(f"{operation['operationId']} {status} carries {name}, which is not in the document")
            if name in described and status < 400 and not headers.get(name):
                raise Violation(f"{operation['operationId']} {status} lacks {name}, which is in the document")

    def check(self, method, path, query, body, status, headers, answer):
        """`body` and `answer` are bytes."""
        self.exchanges += 1
        content_type = headers.get("Content-Type")
        operation = self.find(method, path)
        if operation is None:
            if status not in (404, 405, 503):
                raise Violation(f"{method} {path} is in no document, and answered with {status}")
            return self.check_problem(method, path, status, content_type, answer)
        name = operation["operationId"]
        self.check_headers(operation, status, headers)
        if status >= 400 and str(status) not in operation["responses"]:
            self.check_problem(method, path, status, content_type, answer)
            self.refused.add(name)
            return
        if str(status) not in operation["responses"]:
            raise Violation(f"{name} answered with {status}, which is not in the document")
        self.check_request(operation, query, body)
        content = self.resolved(operation["responses"][str(status)]).get("content")
        if content is None:
            if answer or content_type:
                raise Violation(f"{name} answered with a body where the document has none")
        else:
            if content_type not in content:
                raise Violation(f"{name} answered with {content_type}, the document says {list(content)}")
            self.validate(content[content_type]["schema"], json.loads(answer), f"{name} {status}")
        self.succeeded.add(name)

    def check_request(self, operation, query, body):
        """Of a request that was accepted."""
        name = operation["operationId"]
        known = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"}
        for parameter in query:
            if parameter not in known:
                raise Violation(f"{name} accepted the query parameter '{parameter}', which is not in the document")
        if body and "requestBody" not in operation:
            raise Violation(f"{name} accepted a body where the document has none")
        if "requestBody" in operation:
            self.validate(operation["requestBody"]["content"]["application/json"]["schema"], json.loads(body), f"request of {name}")

    def check_problem(self, method, path, status, content_type, answer):
        if content_type != "application/problem+json":
            raise Violation(f"{method} {path}: {status} came as {content_type}")
        problem = json.loads(answer)
        self.validate(self.document["components"]["schemas"]["Problem"], problem, f"{method} {path} {status}")
        if problem["status"] != status:
            raise Violation(f"{method} {path}: the problem says {problem['status']}, the status line {status}")


_document = None


def document():
    return _document


def learn(text):
    """Takes the document of the first server; that of every later one must be the same."""
    global _document
    parsed = json.loads(text)
    if _document is None:
        _document = Document(parsed)
    elif parsed != _document.document:
        raise Violation("two servers of one build have different documents")
    return _document


def unvisited():
    if _document is None:
        return ["the API's document was never read"]
    complaints = []
    for method, _, operation in _document.operations:
        name = operation["operationId"]
        if name not in _document.succeeded:
            complaints.append(f"{method} {name} was never visited with success")
        if name not in _document.refused and name not in ("health.show", "openapi.show"):
            complaints.append(f"{method} {name} was never refused")
    return complaints


def summary():
    if _document is None:
        return "no exchange was checked"
    return f"{_document.exchanges} exchanges over {len(_document.operations)} operations fit the document"
