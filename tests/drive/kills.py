"""Kills Facet at random moments of a streaming answer, and looks what the next start still has.

`python -m tests.drive.kills --count 50` is the full trial; it needs Xvfb, openbox and xdotool.
"""

import argparse
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.drive.facet import Facet
from tests.drive.history import History
from tests.drive.provider import connect, running_simulator
from tests.drive.screen import Screen, new_screen
from tests.simulator import Exchange, Scenario, Simulator, says

MAY_BE_MISSING = 0.25
"""Seconds of a running answer that a kill may cost: its journal is written every 200 ms."""

PAUSE = 0.02
WORDS = 400
LATEST_KILL = 2.0
_WORD = re.compile(rb"w\d{4}")


@dataclass(frozen=True)
class Kill:
    """One kill and what the next start found. Seconds; counts are of words of the answer.

    `missing` is how long before the kill the first word that is lost was sent.
    """

    question: str
    after: float
    sent: int
    kept: int
    missing: float
    is_question_kept: bool
    is_seen_text_kept: bool
    is_older_kept: bool
    is_text_exact: bool
    is_sound: bool
    state: str
    is_offered: bool

    def faults(self) -> list[str]:
        """What must not be, in words; empty when nothing promised was broken."""
        found = {
            "the question is lost": not self.is_question_kept,
            "text that was in the database is lost": not self.is_seen_text_kept,
            "an older message changed": not self.is_older_kept,
            "the text is not the beginning of the answer": not self.is_text_exact,
            "the database is damaged": not self.is_sound,
            f"the answer is {self.state}": self.state != "cut_off",
            "the answer is not shown at the next start": not self.is_offered,
            f"{self.missing * 1000:.0f} ms of text are lost": self.missing > MAY_BE_MISSING,
        }
        return [fault for fault, is_so in found.items() if is_so]


def trial(screen: Screen, folder: Path, *, count: int, seed: int) -> Iterator[Kill]:
    """Kills `count` times in one profile, at moments drawn from `seed`, and tells each at once."""
    profile = folder / "profile"
    drawn = random.Random(seed)
    answer = says("words", "".join(f"w{number:04} " for number in range(WORDS)), 6)
    with running_simulator() as simulator:
        simulator.default = Scenario(script=answer, pause=PAUSE)
        connect(profile, simulator.base_url("ollama"), "gemma3:27b")
        facet = Facet(screen, profile).shown("Facet")
        try:
            for number in range(1, count + 1):
                question = f"Question {number} of {seed}"
                before = facet.history.messages()
                exchange = _asked(facet, simulator, question)
                _pass(exchange.received_at + drawn.uniform(0, LATEST_KILL))
                seen = facet.history.answer()
                killed_at = time.monotonic()
                facet.kill()
                facet.end()
                facet = Facet(screen, profile).shown("Facet")
                yield _found(facet, exchange, before, seen.text, question, killed_at)
        finally:
            facet.end()


def _asked(facet: Facet, simulator: Simulator, question: str) -> Exchange:
    """Asks, and returns when the question has reached the provider."""
    earlier = len(simulator.record.generations)
    facet.ask(question)
    facet.until(lambda: len(simulator.record.generations) > earlier, "the provider is asked")
    return simulator.record.generations[-1]


def _pass(moment: float) -> None:
    threading.Event().wait(max(0.0, moment - time.monotonic()))


def _found(
    facet: Facet, exchange: Exchange, before: list, seen: str, question: str, killed_at: float
) -> Kill:
    history = History(facet.profile)
    facet.until(
        lambda: history.answer().state != "writing",
        "the next start has taken over what was unfinished",
    )
    messages, answer = history.messages(), history.answer()
    is_offered = bool(
        facet.until(lambda: facet.title().startswith("Question 1 of"), "the answer is offered")
    )
    sent = _words(exchange, killed_at)
    kept = answer.text.split() if messages[-1].role == "assistant" else []
    lost = sent[len(kept) :]
    return Kill(
        question=question,
        after=killed_at - exchange.received_at,
        sent=len(sent),
        kept=len(kept),
        missing=killed_at - lost[0] if lost else 0.0,
        is_question_kept=history.questions()[-1] == question,
        is_seen_text_kept=answer.text.startswith(seen),
        is_older_kept=messages[: len(before)] == before,
        is_text_exact=kept == [f"w{number:04}" for number in range(len(kept))],
        is_sound=history.is_sound(),
        state=answer.state,
        is_offered=is_offered,
    )


def _words(exchange: Exchange, until_moment: float) -> list[float]:
    """When each word was written to the connection, up to a moment."""
    times: list[float] = []
    place = 0
    for moment, length in list(exchange.writes):
        if moment > until_moment:
            break
        times += [moment] * len(_WORD.findall(bytes(exchange.written[place : place + length])))
        place += length
    return times


def main() -> int:
    """Runs the trial and writes a line for each kill; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.drive.kills", description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    kills = []
    with tempfile.TemporaryDirectory(prefix="facet-kills-") as name:
        folder = Path(name)
        with new_screen(folder) as screen:
            for kill in trial(screen, folder, count=given.count, seed=given.seed):
                kills.append(kill)
                verdict = "; ".join(kill.faults()) or "ok"
                sys.stdout.write(
                    f"{len(kills):3}  killed after {kill.after * 1000:6.0f} ms  "
                    f"sent {kill.sent:3} words  kept {kill.kept:3}  "
                    f"missing {kill.missing * 1000:4.0f} ms  {verdict}\n"
                )
                sys.stdout.flush()
    broken = [kill for kill in kills if kill.faults()]
    most = max(kill.missing for kill in kills) * 1000
    sys.stdout.write(
        f"{len(kills)} kills, {len(broken)} broke a promise, at most {most:.0f} ms missing\n"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
