"""`python -m bench`: what a case costs this way and written by hand, side by side in one run."""

import argparse
import asyncio
import sys

from bench.measure import Plan, Result, measure
from bench.pair import furnished_pair
from bench.report import print_report
from bench.servers import Servers, running_servers
from cli.engine.program import EngineError


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    default = Plan()
    parser.add_argument("--rounds", type=int, default=default.rounds, help="rounds (%(default)s)")
    parser.add_argument(
        "--cases", type=int, default=default.crowd, help="cases of each side in a round, many at once (%(default)s)"
    )
    parser.add_argument(
        "--alone", type=int, default=default.alone, help="cases of each side in a round, one by one (%(default)s)"
    )
    parser.add_argument("--clients", type=int, default=default.clients, help="clients at once (%(default)s)")
    told = parser.parse_args()
    plan = Plan(rounds=told.rounds, crowd=told.cases, alone=told.alone, clients=told.clients)
    try:
        with running_servers() as servers:
            print_report(asyncio.run(_run(servers, plan)))
    except EngineError as error:
        sys.exit(f"bench: {error}")


async def _run(servers: Servers, plan: Plan) -> Result:
    async with furnished_pair(servers) as lanes:
        return await measure(lanes, plan, lambda text: print(text, file=sys.stderr, flush=True))


if __name__ == "__main__":
    main()
