"""Slips of typing in a condition, said in words a designer understands where CEL's parser would not."""

import re

_QUOTES = "“”„‟‘’«»"
_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!="}
_SINGLE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
_WORDS = {"and": "&&", "or": "||", "not": "!", "và": "&&", "hoặc": "||", "không": "!"}
_WORD = re.compile(r"(?<![\w.\"'])(" + "|".join(_WORDS) + r")(?![\w\"'(.])", re.IGNORECASE)
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_UNQUOTED = re.compile(r"[^\W\d]*[^\x00-\x7f]\w*")


def slip_in(text: str) -> tuple[int, str, str] | None:
    """Find the first slip: at which character, what is wrong, and what to write instead."""
    # What stands in quotes is a text and may hold anything; it keeps its length.
    bare = _TEXT.sub(lambda found: '"' + "_" * (len(found[0]) - 2) + '"', text)
    for at, letter in enumerate(bare):
        if letter in _QUOTES:
            return at, f"'{letter}' is a typographic quote", 'write "..."'
    for at, letter in enumerate(bare):
        if letter in _SIGNS:
            return at, f"'{letter}' is no comparison", f"write {_SIGNS[letter]}"
    if found := _SINGLE_EQUALS.search(bare):
        return found.start(), "'=' compares nothing", "write =="
    if found := _WORD.search(bare):
        return found.start(), f"'{found[0]}' joins nothing here", f"write {_WORDS[found[0].lower()]}"
    if found := _UNQUOTED.search(bare):
        hint = 'a text needs "quotes"; yes and no are true and false'
        return found.start(), f"'{found[0]}' stands without quotes", hint
    return None
