"""`python -m bench.scenarios`: what playing scenarios costs: the catalogue's, in turn until 500 are played."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from time import process_time

from cli.catalogue import play, versions_below
from procedures.language.check import CheckedProcedure
from procedures.language.resolving.sources import HOME

SCENARIOS, SECONDS = 500, 5.0


def main() -> None:
    versions = versions_below(HOME / "catalogue")
    held = sum(len(version.scenarios.scenarios) for version in versions if version.scenarios is not None)
    started = process_time()
    failed = _failed(versions)
    spent = process_time() - started
    print(
        f"{SCENARIOS} scenarios of {len(versions)} procedures, which have {held}: {spent:.2f} s of the processor, "
        f"{1000 * spent / SCENARIOS:.1f} ms each (at most {SECONDS:.0f} s)"
    )
    sys.exit(f"bench: {failed} of them failed" if failed else int(spent > SECONDS))


def _failed(versions: Sequence[CheckedProcedure]) -> int:
    """Play the scenarios of one version after another, and count those that went otherwise than they say."""
    failed, left = 0, SCENARIOS
    for version in cycle(versions):
        if left <= 0:
            break
        if version.procedure is None or version.scenarios is None:
            continue
        part = replace(version.scenarios, scenarios=version.scenarios.scenarios[:left])
        left -= len(part.scenarios)
        failed += sum(not outcome.passed for outcome in play(version.procedure, part))
    return failed


if __name__ == "__main__":
    main()
