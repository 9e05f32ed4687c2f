"""What an applicant files, looked at as a whole: the form, the variant it means, and the rules over several fields."""

from collections.abc import Iterator
from dataclasses import dataclass

from procedures.json_types import Facts, Json, JsonObject
from procedures.language.applying.filled import Checked, FieldProblem, check_variant, flat
from procedures.language.applying.forms import check_form
from procedures.language.applying.selection import fits, places
from procedures.language.conditions.evaluation import holds
from procedures.language.model.parts import Check
from procedures.language.model.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Filed:
    """Clean values and the variant of the case; of use only where there is no problem.

    `facts` are all that is known of what was filed, the lines of lists included; `warnings` stop nothing.
    """

    values: JsonObject
    variant: str | None
    facts: Facts
    problems: tuple[FieldProblem, ...] = ()
    warnings: tuple[FieldProblem, ...] = ()


def check_filing(procedure: Procedure, values: Json, facts: Facts, *, pointer: str = "/form") -> Filed:
    """Check what is filed; `facts` hold `case.channel`, `case.submitter`, `case.submitted_on`, `today` and, where the
    applicant chose one, `case.variant`."""
    # What was declared before is not what is declared now.
    facts = {name: value for name, value in facts.items() if not name.startswith("form.")}
    looked_at = check_form(procedure, values, facts, pointer=pointer)
    known = {**facts, **flat("form", looked_at.values)}
    variant, problem = _variant(procedure, looked_at, known)
    known["case.variant"] = variant
    if variant is not None and variant != facts.get("case.variant"):
        # Only now is it known what is asked in this variant.
        looked_at = check_form(procedure, values, {**facts, "case.variant": variant}, pointer=pointer)
        known |= flat("form", looked_at.values)
    problems = looked_at.problems if problem is None else (*looked_at.problems, problem)
    if problems:
        return Filed(looked_at.values, variant, known, problems)
    failed = list(failed_checks(procedure, known, pointer=pointer))
    return Filed(
        looked_at.values,
        variant,
        known,
        tuple(problem for check, problem in failed if check.effect == "block"),
        tuple(problem for check, problem in failed if check.effect == "warn"),
    )


def failed_checks(
    procedure: Procedure, facts: Facts, *, pointer: str = "/form"
) -> Iterator[tuple[Check, FieldProblem]]:
    """Find the rules that do not hold, of the case or of a line, with the message the procedure gives."""
    for check in procedure.checks:
        for line, known in places(facts, check.per):
            if fits(procedure, check.selectors, known) and not holds(procedure, check.that, known):
                place = pointer if line is None else f"{pointer}/{check.per}/{line - 1}"
                yield check, FieldProblem(place, "check-failed", check.message)


def _variant(procedure: Procedure, form: Checked, facts: Facts) -> tuple[str | None, FieldProblem | None]:
    """Find the variant of the case; where it hangs on a form that is not in order, nothing is said of it yet."""
    if procedure.variant_per is not None:
        return None, None
    decided = any(variant.when is not None for variant in procedure.variants)
    if decided and form.problems:
        return None, None
    return check_variant(procedure, facts.get("case.variant"), facts)
