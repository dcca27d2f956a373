"""Reads one file as a boot loader's own source does and prints the command lines as JSON.

Each reader follows the source that it names, and nothing that zonewise has. A file that the loader
would not take is an error. Usage: loaders.py TARGET FILE
"""

import json
import re
import sys


def limine(text):
    """common/lib/config.c of Limine 8: the entries' cmdline.

    Carriage returns and blanks at the start of lines go, then macros (`${NAME}=value` on a line of
    its own, `${NAME}` anywhere) are put in; `config_get_value` takes a key at the start of a line,
    up to its colon, and the rest of the line behind blanks.
    """
    lines = [line.lstrip(" \t") for line in text.replace("\r", "").split("\n")]
    macros = {"ARCH": "x86-64"}
    rest = []
    for line in lines:
        definition = re.match(r"\$\{([^}]*)\}=(.*)$", line)
        if definition:
            macros[definition[1]] = definition[2]
        else:
            rest.append(line)
    found = []
    entry = None
    for line in rest:
        if re.search(r"\$\{[^}]*$", line):
            raise SystemExit("Malformed macro usage")
        line = re.sub(r"\$\{([^}]*)\}", lambda name: macros.get(name[1], ""), line)
        if line.startswith("/"):
            entry = {"name": line.lstrip("/+")}
            found.append(entry)
        key, colon, value = line.partition(":")
        if colon and entry is not None and key.lower() in ("protocol", "cmdline", "path"):
            entry.setdefault(key.lower(), value.lstrip(" "))
    return [e["cmdline"] for e in found if e.get("protocol") == "linux" and "cmdline" in e]


def refind(text):
    """refind/config.c of rEFInd 0.14: ReadTokenLine and KeepReading; the same in dakanji/RefindPlus,
    BootMaster/config.c.

    Tokens end at blanks, `=`, `,` and `#` outside quotes, and slashes turn round there; inside them two
    quotes are one. A line of refind_linux.conf is a title and a command line.
    """
    found = []
    for line in text.splitlines():
        tokens = []
        position = 0
        while position < len(line):
            while position < len(line) and line[position] in " \t=,":
                position += 1
            if position == len(line) or line[position] == "#":
                break
            token = ""
            quoted = line[position] == '"'
            position += quoted
            while position < len(line):
                character = line[position]
                if character == '"':
                    if line[position + 1 : position + 2] != '"':
                        quoted = not quoted
                        position += 1
                        break
                    position += 1
                elif not quoted and character in " \t=,#":
                    break
                elif not quoted and character == "/":
                    character = "\\"
                token += character
                position += 1
            if quoted:
                raise SystemExit("a quote is never closed")
            tokens.append(token)
        if len(tokens) > 1:
            if len(tokens) != 2:
                raise SystemExit(f"more than a title and a command line: {tokens}")
            found.append(tokens[1])
    return found


def wsl(text):
    """src/shared/configfile/configfile.cpp of WSL: ParseConfigFile."""
    escapes = {"\\": "\\", '"': '"', "b": "\b", "n": "\n", "t": "\t", "\n": ""}
    section = ""
    found = []
    lines = iter(text.replace("\r\n", "\n").splitlines(keepends=True))
    for line in lines:
        line = line.lstrip(" \t")
        if not line.strip() or line.startswith("#"):
            continue
        header = re.match(r"\[([A-Za-z][A-Za-z0-9]*)\][ \t]*(#.*)?$", line.rstrip("\n"))
        if header:
            section = header[1]
            continue
        setting = re.match(r"([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*(.*)", line, re.S)
        if not setting:
            raise SystemExit(f"expected a section or a setting: {line}")
        rest = setting[2]
        value, length, quoted, position = "", 0, False, 0
        while position < len(rest) and rest[position] != "\n":
            character = rest[position]
            position += 1
            if character == '"':
                quoted = not quoted
            elif character == "\\":
                if rest[position] not in escapes:
                    raise SystemExit(f"unexpected escaped character {rest[position]}")
                value += escapes[rest[position]]
                if rest[position] == "\n":
                    rest += next(lines, "")
                position += 1
            elif character == "#" and not quoted:
                break
            else:
                # A character is cut to a byte.
                value += chr(ord(character) & 0xFF)
            if character not in " \t":
                length = len(value)
        if quoted:
            raise SystemExit("a quote is never closed")
        if (section, setting[1]) == ("wsl2", "kernelCommandLine"):
            found.append(value[:length])
    return found[:1]


def rpi(text):
    """The documentation of cmdline.txt (raspberrypi/documentation,
    documentation/asciidoc/computers/configuration/kernel-command-line-config.adoc at 14c113a6): all
    parameters on one line, and no line break among them.
    """
    lines = text.split("\n")
    if any(line.strip() for line in lines[1:]):
        raise SystemExit("more than one line")
    return lines[:1]


with open(sys.argv[2], encoding="utf-8", newline="") as file:
    print(json.dumps({"limine": limine, "refind": refind, "wsl": wsl, "rpi": rpi}[sys.argv[1]](file.read())))
