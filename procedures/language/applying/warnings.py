"""What is told of what was filed and stops nothing: missed windows of the applicant's, and rules that only warn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from procedures.json_types import Facts
from procedures.language.applying.filing import failed_checks
from procedures.language.applying.windows import Missed, known_missed
from procedures.language.conditions.evaluation import ConditionError
from procedures.language.model.parts import Texts
from procedures.language.model.procedure import Procedure
from procedures.time.instants import Instant
from procedures.time.working import WorkingTime


@dataclass(frozen=True, slots=True)
class FilingWarning:
    """`id` is a window (`filing`, `filing/2` of a line) or a rule by its place in the file (`checks/1`)."""

    id: str
    texts: Texts

    @property
    def is_rule(self) -> bool:
        return self.id.startswith(_RULES)


def filing_warnings(
    procedure: Procedure, facts: Facts, submitted_at: Instant, working: WorkingTime
) -> tuple[FilingWarning, ...]:
    """Give them in the order of the file; `facts` are all that is known of what was filed."""
    missed = known_missed(procedure, facts, submitted_at, working)
    windows = [FilingWarning(one.id, _told(one)) for one in missed if one.window.if_late != "record"]
    return (*windows, *failed_warnings(procedure, facts))


def failed_warnings(procedure: Procedure, facts: Facts) -> tuple[FilingWarning, ...]:
    try:
        return tuple(_failed(procedure, facts))
    except ConditionError:
        # What cannot be judged is no ground to warn of anything.
        return ()


def _failed(procedure: Procedure, facts: Facts) -> Iterator[FilingWarning]:
    for check, problem in failed_checks(procedure, facts):
        if check.effect == "warn":
            yield FilingWarning(f"{_RULES}{procedure.checks.index(check) + 1}", problem.texts)


def _told(missed: Missed) -> Texts:
    ground = missed.window.ground or {}
    refused = missed.window.if_late == "refuse"
    return {
        language: " ".join(
            part for part in (_when(missed, language), _OUTCOME[language][refused], _basis(ground, language)) if part
        )
        for language in ("vi", "en")
    }


def _when(missed: Missed, language: str) -> str:
    line = "" if missed.line is None else _LINE[language].format(missed.line)
    days = {"last": _day(missed.last), "opens": _day(missed.opens or missed.last)}
    return line + (_EARLY if missed.early else _LATE)[language].format(**days)


def _basis(ground: Texts, language: str) -> str:
    text = ground.get(language) or ground.get("vi") or ""
    return f"{_GROUND[language]}: {text}." if text else ""


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_RULES = "checks/"
_LATE = {
    "vi": "Hồ sơ nộp sau ngày cuối của thời hạn ({last}).",
    "en": "Filed after the last day of the time limit ({last}).",
}
_EARLY = {
    "vi": "Hồ sơ nộp trước ngày bắt đầu nhận ({opens}).",
    "en": "Filed before the first day of the time limit ({opens}).",
}
_LINE = {"vi": "Dòng {}: ", "en": "Line {}: "}
_GROUND = {"vi": "Căn cứ", "en": "Ground"}
# By whether the dossier is refused for it.
_OUTCOME = {
    "vi": ("Hồ sơ vẫn được tiếp nhận nếu đủ giấy tờ.", "Cơ quan sẽ từ chối tiếp nhận."),
    "en": ("It is still accepted if its papers are in order.", "The agency will refuse it."),
}
