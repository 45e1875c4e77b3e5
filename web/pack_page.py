#!/usr/bin/env python3
"""Completes the folder a page is served from: copies the shell and the fonts to the program, compresses what
has changed, and prints what goes over the wire. Names the version of it all in version.txt and in the page, so that
an open page can tell that the server has another one. Arguments: folder, font, shell files."""
import gzip
import hashlib
import os
import shutil
import sys

import brotli


LICENCE = "/usr/share/doc/fonts-wqy-microhei/copyright"


def compress(path):
    # The debug program is large and built often; only what is shipped is worth the last per cent.
    quality = 11 if os.path.getsize(path) < 2_000_000 else 5
    with open(path, "rb") as source:
        data = source.read()
    with open(path + ".br", "wb") as out:
        out.write(brotli.compress(data, quality=quality))
    with open(path + ".gz", "wb") as out:
        out.write(gzip.compress(data, 9, mtime=0))


def files_in(folder):
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            if not name.endswith((".br", ".gz", ".packed", ".map")):
                yield os.path.join(root, name)


def name_version(folder):
    """Of all files but the one that tells it; index.html still has the name left open."""
    digest = hashlib.sha256()
    for path in sorted(files_in(folder)):
        if not path.endswith("version.txt"):
            with open(path, "rb") as file:
                digest.update(os.path.relpath(path, folder).encode() + hashlib.sha256(file.read()).digest())
    version = digest.hexdigest()[:16]
    with open(os.path.join(folder, "version.txt"), "w", encoding="ascii") as file:
        file.write(version)
    index = os.path.join(folder, "index.html")
    with open(index, encoding="utf-8") as file:
        page = file.read()
    mark = '<meta name="qudao-version" content="">'
    if mark not in page:
        sys.exit(f"{index}: no place for the version")
    with open(index, "w", encoding="utf-8") as file:
        file.write(page.replace(mark, f'<meta name="qudao-version" content="{version}">'))


def main():
    folder, font, *shell = sys.argv[1:]
    os.makedirs(os.path.join(folder, "fonts"), exist_ok=True)
    if os.path.exists(LICENCE):  # a machine without /usr/share/doc: the font's own name table still says it
        shutil.copyfile(LICENCE, os.path.join(folder, "fonts", "LICENSE.txt"))
    for file in shell:
        shutil.copyfile(file, os.path.join(folder, os.path.basename(file)))
    for source in (font, font.replace(".ttf", "-more.ttf")):
        target = os.path.join(folder, "fonts", os.path.basename(source))
        if not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source):
            shutil.copyfile(source, target)

    name_version(folder)
    plain = packed = 0
    for path in files_in(folder):
        if not os.path.exists(path + ".br") or os.path.getmtime(path + ".br") < os.path.getmtime(path):
            compress(path)
        plain += os.path.getsize(path)
        packed += os.path.getsize(path + ".br")
    print(f"{os.path.basename(folder)}: {plain // 1024} KB, {packed // 1024} KB over the wire")
    with open(os.path.join(folder, ".packed"), "w", encoding="ascii") as mark:
        mark.write(str(packed))


main()
