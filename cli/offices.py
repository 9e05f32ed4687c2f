"""The offices of an organisation's file, as the check of a procedure asks for them."""

from datetime import date
from pathlib import Path

from procedures.language.lint.organisation import Offices, Post
from procedures.language.lint.organisation import Organisation as OnADay
from records.organisation_file import Organisation, Span, UnitPart, read_organisation


def offices_in(path: Path) -> Offices:
    """Read a file once; what is said of each day are the functions, units and duties valid then."""
    organisation = read_organisation(path)
    books = _books(organisation)
    return lambda day: OnADay(day, tuple(_posts(organisation, day)), books)


def _posts(organisation: Organisation, day: date) -> list[Post]:
    return [
        Post(unit.id, unit.agency, unit.level, function, _officers(organisation, unit, function, day))
        for unit in organisation.units
        if _holds(unit.valid, day)
        for function, span in unit.functions.items()
        if _holds(span, day)
    ]


def _books(organisation: Organisation) -> dict[str, frozenset[str]]:
    """Give the books of each unit with those of the units above it, as numbers are taken."""
    units = {unit.id: unit for unit in organisation.units}

    def books_of(unit: UnitPart) -> frozenset[str]:
        above = books_of(units[unit.parent]) if unit.parent else frozenset()
        return above | frozenset(unit.codes.books if unit.codes else ())

    return {unit.id: books_of(unit) for unit in organisation.units}


def _officers(organisation: Organisation, unit: UnitPart, function: str, day: date) -> frozenset[str]:
    return frozenset(
        account.id
        for account in organisation.accounts
        for duty in account.duties
        if (duty.unit, duty.function) == (unit.id, function) and _holds(duty, day)
    )


def _holds(span: Span, day: date) -> bool:
    return span.first <= day and (span.last is None or day <= span.last)
