from datetime import timedelta

from records.notices import notices_of, post_notice, read_notices, remember_mail, was_mailed
from records.pool import Db
from tests.records.support import HUNG, LAN, NOON, case_number

CASE = case_number(1)


async def post(db: Db, effect: str, account: str = LAN.id) -> None:
    await post_notice(
        db,
        effect=effect,
        case=CASE,
        account=account,
        notice="accepted",
        text={"vi": {"title": "Đã tiếp nhận", "body": "…"}},
        now=NOON,
    )


async def test_a_notice_of_one_effect_stands_once(db: Db) -> None:
    await post(db, "e1")
    await post(db, "e1")

    assert ["accepted"] == [notice.notice for notice in await notices_of(db, LAN.id)]


async def test_notices_come_newest_first_in_pages_and_only_ones_own(db: Db) -> None:
    for number in range(5):
        await post(db, f"e{number}")
    await post(db, "other", HUNG.id)

    first = await notices_of(db, LAN.id, limit=3)
    rest = await notices_of(db, LAN.id, before=first[-1].id, limit=3)

    assert 3 == len(first) and 2 == len(rest)
    assert sorted((notice.id for notice in first + rest), reverse=True) == [notice.id for notice in first + rest]


async def test_read_notices_keep_when_they_were_first_read(db: Db) -> None:
    await post(db, "e1")
    (notice,) = await notices_of(db, LAN.id)
    await read_notices(db, LAN.id, upto=notice.id, now=NOON)
    await read_notices(db, LAN.id, upto=notice.id, now=NOON + timedelta(days=1))

    assert [NOON] == [notice.read_at for notice in await notices_of(db, LAN.id)]


async def test_a_mail_that_left_is_known(db: Db) -> None:
    before = await was_mailed(db, effect="e1", account=LAN.id)
    for _ in range(2):
        await remember_mail(db, effect="e1", case=CASE, account=LAN.id, message_id="<e1@motcua>", now=NOON)

    assert (False, True, False) == (
        before,
        await was_mailed(db, effect="e1", account=LAN.id),
        await was_mailed(db, effect="e1", account=HUNG.id),
    )
