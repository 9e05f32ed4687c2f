"""The codes of lint and how heavy each weighs; a finding may stand with an override, an error never."""

from collections.abc import Mapping

from procedures.language.reading.problems import Severity

_ERRORS = (
    "book-not-kept",
    *("condition-never-holds", "document-unreachable", "step-unreachable"),
    *("fee-not-collected", "function-not-performed", "id-changed-type", "no-second-person"),
    *("notice-personal-data", "override-unused", "public-personal-data", "scenario-fails"),
    *("table-gap", "table-overlap", "variants-not-exclusive"),
    *("template-missing", "unknown-placeholder", "verified-without-notice"),
)
_FINDINGS = (
    *("branch-over-limit", "budget-over-limit", "deadline-contradicts-catalogue", "deadline-text-contradicts-number"),
    *("extension-repeated", "fee-after-result", "no-limit-declared", "result-missing", "result-not-always-produced"),
    "result-delivered-early",
    *("result-not-in-catalogue", "result-unsigned", "scenario-missing", "signer-may-be-handler"),
    *("supplement-without-window", "unit-contradicts-catalogue", "variant-unused", "window-blocks"),
)
_WARNINGS = (
    *(
        "approve-refuses",
        "budget-missing",
        "decision-contradicts-catalogue",
        "condition-always-holds",
        "calendar-not-covered",
        "count-suspect",
        "no-documents",
        "optional-never-used",
        "record-unread",
        "same-day-may-lapse",
    ),
    *("outcome-untested", "paper-replaceable-by-data", "result-without-code", "translation-missing"),
)
SEVERITY: Mapping[str, Severity] = {
    **dict.fromkeys(_ERRORS, Severity.ERROR),
    **dict.fromkeys(_FINDINGS, Severity.FINDING),
    **dict.fromkeys(_WARNINGS, Severity.WARNING),
}
OVERRIDABLE = frozenset(_FINDINGS)
