"""The parameters of the statutory life of a case; a default holds where both file and profile are silent."""

from typing import Literal

from procedures.language.model.parts import (
    EVERYONE,
    Channel,
    DurationText,
    FormField,
    MomentText,
    Part,
    Selectors,
    Texts,
)


class Cutoff(Part):
    after: str
    moves: Literal["transfer", "same_day", "start"]


class Counting(Part):
    """The section `time`: how a limit is counted."""

    cutoff: Cutoff | None = None
    off_hours: Literal["as_is", "next_working_day"] = "as_is"
    rollover: bool = True
    start_next_day: bool = False
    cutoff_on_resume: bool = True


class Deadline(Part):
    """One row of the legal limit; `time` is already complete."""

    within: DurationText
    if_verified: DurationText | None = None
    counted_from: Literal["acceptance", "received"] = "acceptance"
    time: Counting = Counting()
    selectors: Selectors = EVERYONE


class Intake(Part):
    by: str = "one_stop"
    at: str = "receiving"
    within: DurationText = "8 working hours"
    channels: tuple[Channel, ...] = ("online", "post")
    form: tuple[FormField, ...] = ()


class Transfer(Part):
    within: DurationText = "within the day"
    confirm: Literal["always", "paper", "never"] = "always"
    confirm_within: DurationText = "4 working hours"


class Supplement(Part):
    rounds: int = 1
    stages: tuple[Literal["intake", "handling"], ...] = ("intake", "handling")
    ask_within: DurationText | None = None
    late_ask: Literal["no_effect", "refuse"] = "no_effect"
    answer_within: DurationText | None = None
    check_within: DurationText = "8 working hours"
    effect: Literal["restart", "pause", "replace", "none"] = "pause"
    new_limit: DurationText | None = None
    on_expiry: Literal["ask_officer", "stop", "refuse", "continue"] = "ask_officer"
    resume: Literal["asking_step", "desk"] = "asking_step"


class Extension(Part):
    max: int = 1
    at_most: DurationText | None = None
    notice_before: DurationText = "1 working day"
    approved_by: str = "leader"
    grounds: dict[str, Texts] = {}
    legal_form: str | None = None


class Verification(Part):
    offered_to: tuple[str, ...] = ("handler",)
    ground: Texts | None = None
    approved_by: str = "leader"
    notice: str | None = None


class FeeWait(Part):
    clock: Literal["pauses", "runs"] = "runs"
    ground: Texts | None = None
    on_expiry: Literal["ask_officer", "stop"] = "ask_officer"


class Withdrawal(Part):
    until: Literal["decision", "signature"] = "decision"
    effect: Literal["immediate", "confirmed"] = "immediate"


class Stop(Part):
    approved_by: str = "leader"


class Delivery(Part):
    by: str = "one_stop"
    ways: tuple[Channel, ...] = ("counter", "post", "online")
    handover: Literal["confirm", "implied"] = "confirm"
    finish_at: Literal["issued", "one_stop", "delivered"] = "one_stop"
    remind_after: DurationText = "5 working days"
    remind_every: DurationText = "30 calendar days"
    uncollected_after: DurationText = "12 months"


class Rating(Part):
    offer: bool = True


class Retention(Part):
    keep: DurationText | None = None
    counted_from: Literal["finished", "delivered"] = "finished"
    results: Literal["permanent", "keep"] = "permanent"
    settle: DurationText = "30 calendar days"
    basis: str | None = None


class Escalation(Part):
    """Whom a budget that runs out reaches: a function of the registry, `holder` or `head`."""

    moment: MomentText
    to: str
    notice: str | None = None
