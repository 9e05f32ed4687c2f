"""Of which variant a case is: chosen by the applicant or the form, confirmed at acceptance, changed before a result."""

from procedures.language.applying.selection import decides_variant, variant_of
from workflows.core import facts, guards
from workflows.core.turn import Turn

NONE_FITS = "no-variant"


def at_submission(turn: Turn, chosen: str | None) -> str | None:
    """The form decides where the procedure says so; else the applicant, or nobody yet."""
    procedure = turn.pin.procedure
    if decides_variant(procedure):
        return variant_of(procedure, facts.known(turn))
    known = [variant.id for variant in procedure.variants]
    guards.that(
        chosen is None or (chosen in known and procedure.variant_per is None), "form-invalid", fields=["variant"]
    )
    return chosen


def confirm(turn: Turn, chosen: str | None) -> str | None:
    """At acceptance exactly one variant holds, of the case or of every line."""
    procedure = turn.pin.procedure
    if not procedure.variants:
        return None
    known = {variant.id for variant in procedure.variants}
    if procedure.variant_per is not None:
        lines = facts.rows_of(turn.state, procedure.variant_per)
        unknown = [place for place, row in enumerate(lines, start=1) if row.get("variant") not in known]
        guards.that(not unknown, NONE_FITS, lines=[*unknown])
        return None
    variant = variant_of(procedure, facts.known(turn)) if decides_variant(procedure) else chosen or turn.state.variant
    guards.that(variant in known and chosen in (None, variant), NONE_FITS)
    return variant
