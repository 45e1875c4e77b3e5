"""What must never be told: every password, token and key that a client of the tests sends or is given is remembered, and
looked for in every refusal, and in the log of every server when it has ended."""
import re

SHORTEST = 8  # shorter ones would be found in innocent words

_secrets = {}
_complaints = []
_logs = [0]

# A demonstration tells its accounts and their password on purpose, before it serves; the log begins after that.
GREETING_ENDS = "Ctrl-C stops it."


def remember(secret, what):
    if secret and len(secret) >= SHORTEST:
        _secrets[secret] = what


def remember_body(body):
    """Of a request: everything that calls itself a password, token or key in a JSON object, mangled JSON included."""
    if body:
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        for name, value in re.findall(r'"(\w*(?:password|token|secret))"\s*:\s*"([^"\\]{8,200})"', text):
            remember(value, f"a {name}")


def found_in(text):
    return sorted(what for secret, what in _secrets.items() if secret in text)


def look_at_refusal(method, target, status, body):
    if status >= 400 and (found := found_in(body.decode("utf-8", "replace"))):
        _complaints.append(f"{method} {target} {status} tells {', '.join(found)}")


def look_at_log(text):
    log = text.split(GREETING_ENDS, 1)[-1]
    _logs[0] += 1
    for line in log.splitlines():
        if found := found_in(line):
            _complaints.append(f"the log of a server tells {', '.join(found)}: {line[:60]}")


def complaints():
    return _complaints


def summary():
    return f"{len(_secrets)} passwords, tokens and keys were in none of {_logs[0]} logs and no refusal"
