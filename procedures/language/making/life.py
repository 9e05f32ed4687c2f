"""Makes the statutory life of a procedure: sections laid over the profile's."""

from collections.abc import Mapping

from procedures.language.making.draft import Draft
from procedures.language.model.life import (
    Counting,
    Delivery,
    Escalation,
    Extension,
    FeeWait,
    Intake,
    Rating,
    Retention,
    Stop,
    Supplement,
    Transfer,
    Verification,
    Withdrawal,
)
from procedures.language.model.parts import Part
from procedures.language.reading.nodes import Entries
from procedures.language.reading.plain import plain_map
from procedures.language.reading.words import maps_of, text_of

SECTION_MODELS: Mapping[str, type[Part]] = {
    "time": Counting,
    "intake": Intake,
    "transfer": Transfer,
    "supplement": Supplement,
    "extension": Extension,
    "verification": Verification,
    "fee_wait": FeeWait,
    "withdrawal": Withdrawal,
    "stop": Stop,
    "delivery": Delivery,
    "rating": Rating,
    "retention": Retention,
}


def make_sections(draft: Draft) -> Mapping[str, Part]:
    """Make every section; what neither file nor profile says has the model's own value."""
    made: dict[str, Part] = {}
    for name, section in SECTION_MODELS.items():
        made[name] = section.model_validate(plain_map(draft.resolved.sections[name].without("form")))
    made["intake"] = made["intake"].model_copy(update={"form": draft.intake})
    return made


def make_escalations(node: Entries) -> tuple[Escalation, ...]:
    return tuple(
        Escalation(
            moment=text_of(one, "moment") or "due", to=text_of(one, "to") or "head", notice=text_of(one, "notice")
        )
        for one in maps_of(node.get("escalate"))
    )


def places_of(draft: Draft) -> dict[str, str]:
    """Tell where each parameter of the life and each row of the deadline stands, for explanations."""
    found: dict[str, str] = {}
    for name, section in draft.resolved.sections.items():
        found |= {f"{name}.{key}": f"{place.file}:{place.line}" for key, place in section.keys.items()}
    rows = sorted(maps_of(draft.resolved.own.get("deadline")), key=lambda node: "when" not in node.keys)
    for number, node in enumerate(rows):
        found[f"deadline[{number}]"] = f"{node.place.file}:{node.place.line}"
    return found
