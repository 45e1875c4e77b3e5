#!/usr/bin/env python3
"""Writes which pinyin initials each Chinese character can have, from the Unicode Han database of Debian's
unicode-data: all readings of Xiandai Hanyu Cidian (kXHC1983) and the usual ones (kMandarin), so that 重 is found
under c and z; and the usual one, by frequency (kHanyuPinlu) or as kMandarin has it. One byte a character from U+4E00 to
U+9FFF, an index into short lists of sets of letters and of usual ones."""
import bz2
import sys
import unicodedata

FIRST, LAST = 0x4E00, 0x9FFF


def initials(field, value):
    for reading in value.split():
        if field == "kXHC1983":
            reading = reading.split(":")[1]
        plain = unicodedata.normalize("NFD", reading.split(",")[0].split("(")[0])[:1]
        if plain.isascii() and plain.islower():
            yield plain


def main():
    source, target = sys.argv[1:]
    letters, usual = {}, {}
    with bz2.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 3 or parts[1] not in ("kMandarin", "kXHC1983", "kHanyuPinlu"):
                continue
            character = int(parts[0][2:], 16)
            if not FIRST <= character <= LAST:
                continue
            found = list(initials(parts[1], parts[2]))
            letters.setdefault(character, set()).update(found)
            # The database has its fields in the order of their names: kHanyuPinlu comes before kMandarin.
            if found and parts[1] != "kXHC1983":
                usual.setdefault(character, found[0])
    entries = [(0, 0)]
    entry_of = {}
    for character, found in letters.items():
        entry = (sum(1 << (ord(letter) - ord("a")) for letter in found), ord(usual.get(character, min(found))))
        if entry not in entries:
            entries.append(entry)
        entry_of[character] = entries.index(entry)
    if len(entries) > 256 or len(letters) < 20000:
        sys.exit(f"{source}: {len(letters)} characters, {len(entries)} sets of initials: not the file this was written for")
    places = [entry_of.get(at, 0) for at in range(FIRST, LAST + 1)]
    with open(target, "w", encoding="utf-8") as out:
        out.write("// Made by toolchains/pinyin_table.py.\n")
        out.write(f"constexpr std::uint32_t kInitialSets[] = {{{', '.join(str(mask) for mask, _ in entries)}}};\n")
        out.write(f"constexpr char kUsualInitials[] = {{{', '.join(str(letter) for _, letter in entries)}}};\n")
        out.write("constexpr unsigned char kInitials[] = {\n")
        for at in range(0, len(places), 64):
            out.write(",".join(map(str, places[at:at + 64])) + ",\n")
        out.write("};\n")


if __name__ == "__main__":
    main()
