"""Where a reader of a paper or a notice finds the case: the public addresses, in one place."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Addresses:
    """`public_url` is the portal as citizens reach it, without a slash at the end."""

    public_url: str

    def lookup(self, code: str) -> str:
        """Open to everybody who holds the code; shows no personal data."""
        return f"{self._root}/progress?code={quote(code, safe='')}"

    def case(self, case: str) -> str:
        """For those who are signed in and may see the case."""
        return f"{self._root}/cases/{quote(case, safe='')}"

    @property
    def incidents(self) -> str:
        return f"{self._root}/incidents"

    @property
    def _root(self) -> str:
        return self.public_url.rstrip("/")
