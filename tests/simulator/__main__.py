"""Runs the simulator by hand: addresses and keys are printed, then it answers until it is
interrupted."""

import argparse
import asyncio
import sys
from dataclasses import replace

from tests.simulator.faults import scenario_from
from tests.simulator.server import Simulator


async def serve(port: int, faults: str, script: str) -> None:
    """Answers on one port; `faults` applies to every generation."""
    async with Simulator(port=port) as simulator:
        simulator.default = scenario_from(faults)
        if script:
            simulator.default = replace(simulator.default, script=script)
        for name, provider in simulator.providers.items():
            key = provider.good_key() if provider.needs_key else "(no key)"
            sys.stdout.write(f"{name:12} {simulator.base_url(name)}  {key}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Reads the arguments and serves."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8900)
    parser.add_argument("--faults", default="", help="name=value; … for every answer")
    parser.add_argument("--script", default="", help="what is said, by name")
    given = parser.parse_args()
    try:
        asyncio.run(serve(given.port, given.faults, given.script))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
