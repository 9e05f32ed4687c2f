"""One situation of a case: of which variant it is, how it was filed and by whom."""

from dataclasses import dataclass

from procedures.language.model.parts import Selectors


@dataclass(frozen=True, slots=True)
class Situation:
    """Inside the lines that have a variant each, `variant` is that of the line."""

    variant: str | None
    channel: str
    submitter: str

    def fits(self, place: Selectors) -> bool:
        """Compare with the selectors of a place; what its `when` says is known only in a case."""
        return (
            _among(self.variant, place.variants)
            and _among(self.channel, place.channels)
            and _among(self.submitter, place.submitters)
        )


def _among(value: str | None, allowed: tuple[str, ...]) -> bool:
    return not allowed or value in allowed
