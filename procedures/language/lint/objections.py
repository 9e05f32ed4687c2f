"""All that lint looks for in a procedure that loads, matter by matter."""

from procedures.language.lint.conditions import check_conditions
from procedures.language.lint.flow import check_flow
from procedures.language.lint.limits import check_limits
from procedures.language.lint.papers import check_papers
from procedures.language.lint.people import check_people
from procedures.language.lint.record import compare_with_record
from procedures.language.lint.results import check_results
from procedures.language.lint.scenarios import check_scenarios
from procedures.language.lint.subject import Subject
from procedures.language.lint.tables import check_tables
from procedures.language.lint.texts import check_texts
from procedures.language.lint.versions import compare_with_former

_MATTERS = (
    *(compare_with_record, check_limits, check_flow, check_people, check_papers, check_results, check_texts),
    *(check_conditions, check_tables, check_scenarios, compare_with_former),
)


def find_objections(subject: Subject) -> None:
    for check in _MATTERS:
        check(subject)
