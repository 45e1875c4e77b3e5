"""mutate.py SOURCE OUT ORIGINAL REPLACEMENT: a copy of a source with one place changed. Fails unless it is there once."""
import sys

source, out, original, replacement = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    text = file.read()
if text.count(original) != 1:
    sys.exit(f"mutate.py: {source} has '{original}' {text.count(original)} times, not once")
with open(out, "w", encoding="utf-8") as file:
    file.write(text.replace(original, replacement))
