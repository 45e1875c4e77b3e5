#!/usr/bin/env python3
"""Writes the commonest passwords, from the list of Debian's john-data: kCommonPasswords, what is left of each in small
letters without the digits and signs at its ends, also with signs and digits read as letters, one a line, sorted by bytes;
and for the tests kPasswordsAsListed, the list as it stands. As shared/domain/password_policy.cpp looks them up."""
import sys

FEWEST = 3  # letters: less is no word
LETTERS = str.maketrans("@013457$!", "aoleastsi")


def core(text):
    """Without what is no letter at its ends."""
    places = [at for at, c in enumerate(text) if "a" <= c <= "z"]
    return text[places[0]:places[-1] + 1] if places else ""


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="ascii") as lines:
        listed = [line.rstrip("\n") for line in lines if line.strip() and not line.startswith("#!comment")]
    words = set()
    for password in listed:
        word = core(password.lower())
        words.update(form for form in (word, word.translate(LETTERS), core(password.lower().translate(LETTERS))) if len(form) >= FEWEST)
    if not 3000 < len(listed) < 6000 or any(c in word for word in words for c in '"\\\n'):
        sys.exit(f"{source}: {len(listed)} passwords: not the file this was written for")
    quoted = [password for password in listed if '"' not in password and "\\" not in password]
    with open(target, "w", encoding="ascii") as out:
        out.write("// Made by toolchains/common_passwords.py.\n")
        out.write("constexpr char kCommonPasswords[] =\n" + "".join(f'"{word}\\n"\n' for word in sorted(words)) + ";\n")
        out.write("#ifdef QUDAO_PASSWORDS_AS_LISTED\nconstexpr char kPasswordsAsListed[] =\n" + "".join(f'"{word}\\n"\n' for word in quoted) + ";\n#endif\n")


if __name__ == "__main__":
    main()
