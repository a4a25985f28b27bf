"""A simulator of the providers over real sockets: `async with Simulator() as sim:
sim.next(Scenario(...))`.

Routes: /openrouter/api/v1, /aimlapi/v1, /empiriolabs/v1, /ollama/v1, /lmstudio/v1, /llamacpp/v1,
/vllm/v1.
Keys: `sim.openrouter.good_key()`, `.broke_key()`; any key with `wrong` in it is refused.
Faults: a Scenario, the header `X-Sim: status=429; retry_after=3`, or a model id ending in
`@status=429&retry_after=3`.
By hand: `python -m tests.simulator --port 8900`.
"""

from tests.simulator.byte_modes import MODES
from tests.simulator.faults import CHOICES, Scenario, scenario_from
from tests.simulator.record import Exchange, Recording, key_digest
from tests.simulator.scripts import SCRIPTS, THINK_TAG_LENGTH, Script, says, script_named
from tests.simulator.server import Simulator

__all__ = [
    "CHOICES",
    "MODES",
    "SCRIPTS",
    "THINK_TAG_LENGTH",
    "Exchange",
    "Recording",
    "Scenario",
    "Script",
    "Simulator",
    "key_digest",
    "says",
    "scenario_from",
    "script_named",
]
