"""What the national catalogue publishes of a procedure, held against what its file says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from procedures.language.lint.numerals import number_in_words
from procedures.language.lint.subject import Subject
from procedures.language.reading.nodes import Entries, Items, Scalar
from procedures.language.reading.problems import Place
from procedures.language.reading.words import entries_of, text_of
from procedures.time.duration import Duration, Unit, parse_duration

_LIMIT = (
    r"(?<![0-9.,])0*(?P<amount>[0-9]+(?:[.,][0-9]+)?)(?: ?\((?P<words>[^()0-9]{2,30})\))?"
    r" (?P<unit>giờ làm việc|ngày làm việc|giờ|ngày|tháng)"
)
_PUBLISHED = re.compile(_LIMIT + r"\Z")
_IN_A_NOTE = re.compile(_LIMIT + r"\b(?P<without>,? ?\(?(?:không|chưa) (?:bao )?gồm (?:các )?(?:ngày )?(?:nghỉ )?lễ)?")
_UNITS = {
    "giờ làm việc": Unit.WORKING_HOURS,
    "ngày làm việc": Unit.WORKING_DAYS,
    "giờ": Unit.HOURS,
    "ngày": Unit.CALENDAR_DAYS,
    "tháng": Unit.MONTHS,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as it is published: the number, its unit, and the words of the record."""

    amount: str
    unit: Unit
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the record: the limit in its number, and those its note speaks of."""

    limit: Limit
    noted: tuple[Limit, ...] = ()

    @property
    def contradicts_itself(self) -> bool:
        known = {(one.amount, one.unit) for one in self.noted}
        return bool(known) and (self.limit.amount, self.limit.unit) not in known

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Where number and note differ, a file may follow either."""
        return (self.limit, *self.noted) if self.contradicts_itself else (self.limit,)


def compare_with_record(subject: Subject) -> None:
    if subject.record is None:
        return
    published = entries_of(subject.record, "deadlines")
    _compare_decision(subject, subject.record)
    _find_unread(subject, published)
    by_rows: dict[tuple[Row, ...], list[str]] = {}
    for channel in subject.procedure.channels:
        # What is published in words ("theo mô tả") is not compared.
        if rows := tuple(_rows(published, channel)):
            by_rows.setdefault(rows, []).append(channel)
    for rows, channels in by_rows.items():
        _compare_deadlines(subject, rows, channels)


def _compare_decision(subject: Subject, record: Entries) -> None:
    decision = text_of(record, "decision")
    if decision is not None and decision not in subject.procedure.basis:
        message = f"the record is published by '{decision}', which 'basis' does not name"
        subject.say("decision-contradicts-catalogue", "basis", message, "is it this decision, or a later one?")


def _find_unread(subject: Subject, published: Entries) -> None:
    """A limit with a number that cannot be read would be compared with nothing."""
    for channel in published.keys:
        for text, _, place in _written(published, channel):
            if any(letter.isdigit() for letter in text) and not _PUBLISHED.match(text.lower()):
                message = f"'{text}' of the record cannot be read"
                subject.say("record-unread", "deadline", message, "write it as '3 ngày làm việc'", place=place)


def _compare_deadlines(subject: Subject, rows: tuple[Row, ...], channels: list[str]) -> None:
    who = ", ".join(channels)
    for row in (row for row in rows if row.contradicts_itself):
        noted = ", ".join(f"'{one.text}'" for one in row.noted)
        message = f"{who}: the record's number is '{row.limit.text}', its note says {noted}"
        subject.say("deadline-text-contradicts-number", "deadline", message, "say which one holds, and why")
    declared = dict(_declared(subject, channels))
    published = {one.amount for row in rows for one in row.limits}
    wanted = {one.amount for row in rows if not row.contradicts_itself for one in row.limits}
    amounts = {_amount(one) for one in declared.values()}
    if not amounts <= published or not wanted <= amounts:
        said = ", ".join(dict.fromkeys(one.amount for row in rows for one in row.limits))
        message = f"{who}: record says {said}, this file {', '.join(dict.fromkeys(map(_amount, declared.values())))}"
        strange = next((path for path, one in declared.items() if _amount(one) not in published), "deadline")
        place = subject.places.at(strange)
        subject.say("deadline-contradicts-catalogue", "deadline", message, "see its note", place=place)
    _compare_units(subject, rows, who, declared)


def _compare_units(subject: Subject, rows: tuple[Row, ...], who: str, declared: dict[str, Duration]) -> None:
    limits = [one for row in rows for one in row.limits]
    for path, one in declared.items():
        same = [other for other in limits if other.amount == _amount(one)]
        if same and all(other.unit is not one.unit for other in same):
            message = f"{who}: this file says '{one}', the record '{same[0].text}'"
            place = subject.places.at(path)
            subject.say("unit-contradicts-catalogue", "deadline", message, "count in the record's unit", place=place)


def _written(deadlines: Entries, channel: str) -> Iterator[tuple[str, str, Place]]:
    """Give text, note and place of each row a channel has in the record."""
    written = deadlines.get(channel)
    for node in written.nodes if isinstance(written, Items) else ():
        if isinstance(node, Scalar):
            yield node.text, "", node.place
        elif isinstance(node, Entries):
            yield text_of(node, "limit") or "", text_of(node, "note") or "", node.place


def _rows(deadlines: Entries, channel: str) -> Iterator[Row]:
    for text, note, _ in _written(deadlines, channel):
        if found := _PUBLISHED.match(text.lower()):
            noted = (_spoken(one) or _limit(one) for one in _IN_A_NOTE.finditer(note.lower()))
            said = [one for one in (_spoken(found), *noted) if one]
            yield Row(_limit(found, text), tuple(dict.fromkeys(said)))


def _spoken(found: re.Match[str]) -> Limit | None:
    """Give the limit that stands in words beside the figures, where it is another."""
    number = number_in_words(found["words"] or "")
    if number is None or str(number) == found["amount"]:
        return None
    return Limit(str(number), _UNITS[found["unit"]], f"{found['words']} {found['unit']}")


def _limit(found: re.Match[str], text: str = "") -> Limit:
    unit = _UNITS[found["unit"]]
    if unit is Unit.CALENDAR_DAYS and found.groupdict().get("without"):
        unit = Unit.CALENDAR_DAYS_EXCL_HOLIDAYS
    return Limit(found["amount"].replace(",", "."), unit, text or found[0])


def _declared(subject: Subject, channels: Iterable[str]) -> Iterator[tuple[str, Duration]]:
    """Give the limits that hold in some of the channels, each with its path."""
    for path, row in subject.rows():
        if not row.selectors.channels or set(channels) & set(row.selectors.channels):
            yield f"{path}.within", parse_duration(row.within)


def _amount(duration: Duration) -> str:
    return str(duration) if duration.is_within_the_day or duration.is_unlimited else str(duration).split(" ")[0]
