"""How names are sorted in Vietnamese: by a key computed here, since no two databases' collations agree."""

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: f"{place:02}" for place, letter in enumerate(_LETTERS)}
# Tones in dictionary order: level, falling, asking, tumbling, rising, heavy.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# The marks that make another letter, as they stand after decomposition.
_MARKS = {"\u0306", "\u0302", "\u031b"}


def name_key(name: str) -> str:
    """Answer a key that sorts by the given name, the last word, then by the rest; letters count before tones."""
    words = name.lower().split()
    ordered = words[-1:] + words[:-1]
    return " ".join(_word_key(word)[0] for word in ordered) + "|" + " ".join(_word_key(word)[1] for word in ordered)


def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tones[-1:] = [_TONES[char]]
        elif char in _MARKS and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
            tones.append("0")
    return "".join(_ORDER.get(letter, letter) for letter in letters), "".join(tones)
