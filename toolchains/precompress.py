#!/usr/bin/python3
"""Writes FILE.br and FILE.gz beside each FILE, for a server that sends them as they are.
The same input gives the same bytes.

Usage: precompress.py FILE..."""
import gzip
import sys

import brotli


def main():
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            data = file.read()
        with open(path + ".br", "wb") as file:
            file.write(brotli.compress(data, quality=11, lgwin=22))
        with open(path + ".gz", "wb") as file:
            file.write(gzip.compress(data, 9, mtime=0))


main()
