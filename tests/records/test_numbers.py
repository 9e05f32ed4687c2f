import asyncio
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from psycopg import errors

from records.errors import NoCodeSeries
from records.numbers import number_paper, register, render, template_problem
from records.pool import Db, Pool
from tests.records.support import NOON, case_number

LATE_EVENING = datetime(2026, 3, 2, 18, tzinfo=UTC)


async def test_fifty_acceptances_at_once_leave_no_gap_and_no_double(staffed: Db, pool: Pool) -> None:
    async def accept(number: int) -> tuple[str, str]:
        async with pool.connection() as db, db.transaction():
            given = await register(db, case=case_number(number), unit="ben-may", at=NOON)
            return given.code, given.receipt

    given = await asyncio.gather(*(accept(number) for number in range(50)))

    assert [f"H99.07-260302-{number:04}" for number in range(1, 51)] == sorted(code for code, _ in given)
    assert [f"{number:04}/2026" for number in range(1, 51)] == sorted(receipt for _, receipt in given)


async def test_many_deliveries_of_one_acceptance_give_one_code(staffed: Db, pool: Pool) -> None:
    async def accept() -> str:
        async with pool.connection() as db, db.transaction():
            return (await register(db, case=case_number(1), unit="ben-may", at=NOON)).code

    codes = await asyncio.gather(*(accept() for _ in range(20)))

    assert {"H99.07-260302-0001"} == set(codes)


async def test_an_acceptance_that_fails_gives_its_number_back(staffed: Db) -> None:
    with pytest.raises(ZeroDivisionError):
        async with staffed.transaction():
            await register(staffed, case=case_number(1), unit="ben-may", at=NOON)
            raise ZeroDivisionError

    async with staffed.transaction():
        given = await register(staffed, case=case_number(2), unit="ben-may", at=NOON)

    assert "H99.07-260302-0001" == given.code


async def test_codes_begin_anew_each_day_in_hanoi_and_receipts_each_year(staffed: Db) -> None:
    async with staffed.transaction():
        first = await register(staffed, case=case_number(1), unit="ben-may", at=NOON)
        after_midnight = await register(staffed, case=case_number(2), unit="ben-may", at=LATE_EVENING)
        next_year = await register(staffed, case=case_number(3), unit="ben-may", at=NOON + timedelta(days=365))

    assert ["H99.07-260302-0001", "H99.07-260303-0001", "H99.07-270302-0001"] == [
        given.code for given in (first, after_midnight, next_year)
    ]
    assert ["0001/2026", "0002/2026", "0001/2027"] == [given.receipt for given in (first, after_midnight, next_year)]


async def test_a_unit_nobody_numbers_for_is_refused(staffed: Db) -> None:
    with pytest.raises(NoCodeSeries):
        async with staffed.transaction():
            await register(staffed, case=case_number(1), unit="nowhere", at=NOON)


async def test_a_given_code_is_never_changed(staffed: Db) -> None:
    async with staffed.transaction():
        await register(staffed, case=case_number(1), unit="ben-may", at=NOON)

    with pytest.raises(errors.IntegrityConstraintViolation):
        await staffed.execute("update registration set code = 'other'")


async def test_papers_are_numbered_in_the_book_of_the_unit_above(staffed: Db) -> None:
    async def number(effect: str, at: datetime = NOON) -> str:
        async with staffed.transaction():
            return await number_paper(
                staffed, effect=effect, case=case_number(1), unit="ben-may", book="decisions", at=at
            )

    numbers = [await number("a"), await number("b"), await number("a"), await number("c", NOON + timedelta(days=365))]

    assert ["1/QĐ-BHXH", "2/QĐ-BHXH", "1/QĐ-BHXH", "1/QĐ-BHXH"] == numbers


async def test_papers_numbered_at_once_leave_no_gap(staffed: Db, pool: Pool) -> None:
    async def number(place: int) -> str:
        async with pool.connection() as db, db.transaction():
            return await number_paper(
                db, effect=f"e{place}", case=case_number(place), unit="song-lam", book="outgoing", at=NOON
            )

    numbers = await asyncio.gather(*(number(place) for place in range(30)))

    assert {f"{number}/BHXH-GĐYT" for number in range(1, 31)} == set(numbers)


async def test_a_book_nobody_keeps_is_refused(staffed: Db) -> None:
    with pytest.raises(NoCodeSeries, match="keeps a book 'poems'"):
        async with staffed.transaction():
            await number_paper(staffed, effect="a", case=case_number(1), unit="ben-may", book="poems", at=NOON)


async def test_one_number_cannot_stand_twice_in_a_book(staffed: Db) -> None:
    row = "insert into book_number values (%s, 'c', 'u', 'b', 2026, 1, '1', now())"
    await staffed.execute(row, ("a",))

    with pytest.raises(psycopg.errors.UniqueViolation):
        await staffed.execute(row, ("b",))


@pytest.mark.parametrize(
    ("template", "rendered"),
    [
        ("{identifier}-{yy}{mm}{dd}-{number:4}", "H99-260302-0007"),
        ("{number:3}/{yyyy}", "007/2026"),
        ("{number}/QĐ", "7/QĐ"),
    ],
)
def test_templates_are_filled_in(template: str, rendered: str) -> None:
    assert rendered == render(template, date(2026, 3, 2), identifier="H99", number=7)


@pytest.mark.parametrize("template", ["{identifier}", "{nr}", "{number}{number}", "{number:4", "{number:x}"])
def test_wrong_templates_are_told(template: str) -> None:
    assert template_problem(template) is not None


def test_right_templates_have_no_problem() -> None:
    assert template_problem("{identifier}-{yyyy}-{number:7}") is None
