"""Slips of typing that YAML answers in words no designer understands: dashes, colons, blanks that only look right."""

import re
import unicodedata

_DASHED = re.compile(r"\s*[–—−]")
_EXCLAIMED = re.compile(r"(?::|-)\s+!")
_COLONS = "：﹕∶"


def advice(problem: str, line: str, above: str = "") -> str:
    """Say what to write instead, from the words of the parser, the line it stopped in and the one above."""
    if dash := _DASHED.match(line):
        return f"'{dash[0].strip()}' is no hyphen: type - and a blank"
    if colon := next((one for one in _COLONS if one in line), None):
        return f"'{colon}' is no colon: type : and a blank"
    if slip := key_slip(above.strip()):
        return f"the line above: {slip}"
    if _EXCLAIMED.search(line):
        return "a text that begins with ! needs double quotes"
    if "mapping values are not allowed" in problem:
        return "a text with a colon needs double quotes"
    if "could not find expected" in problem or "did not find expected" in problem:
        return "check indentation, brackets and quotes of this line and the one above"
    return ""


def key_slip(key: str) -> str:
    """Say what is wrong with a key that was run together with its value; nothing where it is a plain key."""
    if key.isidentifier():
        return ""
    if colon := next((one for one in _COLONS if one in key), None):
        return f"'{colon}' is no colon: type : and a blank"
    return "a blank belongs behind the colon" if re.match(r"[a-z_]+:\S", key) else ""


def odd_blank(text: str) -> str:
    """Say which blank of a text is none of the keyboard's; nothing where all are plain."""
    odd = next((one for one in text if one != " " and unicodedata.category(one) == "Zs"), None)
    return f"it holds the blank U+{ord(odd):04X}, which only looks like one: type it anew" if odd else ""
