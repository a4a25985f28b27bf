"""The formulas that turn scores of possible words into chances. Standard library only, no state.

Word bias and penalties change the scores (`penalised`); then filters follow each other (`shaped`),
each on what the one before left. Their order matters and is the route's own: the papers and most
providers put the temperature first, llama.cpp (`include/llama.h`, `common/sampling.cpp`) puts it
last.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.models.parameter import Parameters

DEFAULT_TEMPERATURE = 0.7

TEMPERATURE_FIRST = ("temperature", "top_k", "top_p", "min_p", "top_a")
"""The order of the papers and of most providers."""
LLAMA_ORDER = (
    "top_n_sigma",
    "top_k",
    "typical_p",
    "top_p",
    "min_p",
    "xtc",
    "temperature",
)
"""llama.cpp's own order, after bias and penalties; it can be asked for another."""

OUT = -math.inf
"""The score of a word that was cut out."""
_FAINT = -1e30
"""The score top_n_sigma gives: such a word is never drawn, but llama.cpp goes on counting it."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """The parameters that shape the choice of a word; every default but temperature means "off".

    `logit_bias` maps token ids to what is added to their score; `order` names the filters in the
    order they work in, those it leaves out do not.
    """

    temperature: float = DEFAULT_TEMPERATURE
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    top_a: float = 0.0
    typical_p: float = 1.0
    top_n_sigma: float = -1.0
    xtc_probability: float = 0.0
    xtc_threshold: float = 0.1
    dynatemp_range: float = 0.0
    dynatemp_exponent: float = 1.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    repetition_penalty: float = 1.0
    logit_bias: Mapping[int, float] = field(default_factory=dict)
    order: tuple[str, ...] = TEMPERATURE_FIRST


_NUMBERS = (
    "top_p",
    "min_p",
    "top_a",
    "typical_p",
    "top_n_sigma",
    "xtc_probability",
    "xtc_threshold",
    "dynatemp_range",
    "dynatemp_exponent",
    "frequency_penalty",
    "presence_penalty",
    "repetition_penalty",
)


def sampling_from(
    parameters: Parameters,
    *,
    default_temperature: float = DEFAULT_TEMPERATURE,
    logit_bias: Mapping[int, float] | None = None,
    order: tuple[str, ...] = TEMPERATURE_FIRST,
) -> Sampling:
    """The sampling that a set of checked parameters asks for; what is absent is off.

    Word bias is given by itself, as finding its token ids needs a vocabulary.
    """
    numbers = {
        name: float(value)
        for name in _NUMBERS
        if isinstance(value := parameters.get(name), int | float)
    }
    temperature = parameters.get("temperature")
    top_k = parameters.get("top_k")
    return Sampling(
        temperature=float(temperature)
        if isinstance(temperature, int | float)
        else default_temperature,
        top_k=int(top_k) if isinstance(top_k, int | float) else 0,
        logit_bias=logit_bias or {},
        order=order,
        **numbers,
    )


def penalised(
    scores: Sequence[float],
    sampling: Sampling,
    written: Mapping[int, int],
    read: Mapping[int, int] | None = None,
) -> list[float]:
    """Scores after word bias and the three penalties.

    `written` counts the tokens of the answer so far, `read` those of the request. Frequency and
    presence count the answer only; the repetition penalty counts both: a positive score is divided
    by it, a negative one multiplied. llama.cpp makes no such difference: there all that the
    penalties look back at is `written`.
    """
    changed = list(scores)
    for token, bias in sampling.logit_bias.items():
        if 0 <= token < len(changed):
            changed[token] += bias
    brake = sampling.repetition_penalty
    if brake != 1.0:
        for token in {**(read or {}), **written}:
            score = changed[token]
            changed[token] = score / brake if score > 0 else score * brake
    frequency, presence = sampling.frequency_penalty, sampling.presence_penalty
    if frequency or presence:
        for token, count in written.items():
            changed[token] -= frequency * count + presence
    return changed


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Probabilities proportional to exp(score / temperature); temperature above 0."""
    best = max(scores)
    exp, inverse = math.exp, 1.0 / temperature
    weights = [exp((score - best) * inverse) for score in scores]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def log_probabilities(scores: Sequence[float]) -> list[float]:
    """Natural logarithms of the probabilities the scores stand for, at temperature 1."""
    best = max(scores)
    exp = math.exp
    total = best + math.log(math.fsum([exp(score - best) for score in scores]))
    return [score - total for score in scores]


def shaped(scores: Sequence[float], sampling: Sampling) -> list[float]:
    """The probabilities that are drawn from, after every filter in its order. They sum to 1.

    Temperature 0 puts everything on the highest score (the first of equals).
    """
    return softmax(filtered(scores, sampling))


def filtered(scores: Sequence[float], sampling: Sampling) -> list[float]:
    """The scores after every filter in its order; OUT for what was cut. One is left at least."""
    left = list(scores)
    for name in sampling.order:
        left = _FILTERS[name](left, sampling)
    return left


def choose(chances: Sequence[float], source: random.Random) -> int:
    """Draws one index; an index with probability 0 is never drawn."""
    ticket = source.random() * math.fsum(chances)
    last = 0
    for index, chance in enumerate(chances):
        if chance > 0:
            last = index
            ticket -= chance
            if ticket < 0:
                return index
    return last


def _temperature(scores: list[float], sampling: Sampling) -> list[float]:
    temperature = sampling.temperature
    if sampling.dynatemp_range > 0:
        temperature = _dynamic(scores, sampling)
    if temperature <= 0:
        return _only(scores, [max(range(len(scores)), key=scores.__getitem__)])
    return [score / temperature for score in scores]


def _dynamic(scores: list[float], sampling: Sampling) -> float:
    """The temperature for this place: lower where the model is sure, higher where it is not."""
    chances = [chance for chance in softmax(scores) if chance > 0]
    lowest = max(0.0, sampling.temperature - sampling.dynatemp_range)
    highest = sampling.temperature + sampling.dynatemp_range
    left = sum(score != OUT for score in scores)
    if left < 2:
        return 1.0
    entropy = -math.fsum(chance * math.log(chance) for chance in chances)
    share = entropy / math.log(left)
    return lowest + (highest - lowest) * math.pow(share, sampling.dynatemp_exponent)


def _top_k(scores: list[float], sampling: Sampling) -> list[float]:
    return _only(scores, _ranked(scores)[: sampling.top_k]) if sampling.top_k > 0 else scores


def _top_p(scores: list[float], sampling: Sampling) -> list[float]:
    if sampling.top_p >= 1:
        return scores
    chances = softmax(scores)
    kept, total = [], 0.0
    for index in _ranked(scores):
        kept.append(index)
        total += chances[index]
        if total >= sampling.top_p:
            break
    return _only(scores, kept)


def _min_p(scores: list[float], sampling: Sampling) -> list[float]:
    if sampling.min_p <= 0:
        return scores
    chances = softmax(scores)
    return _above(scores, chances, sampling.min_p * max(chances))


def _top_a(scores: list[float], sampling: Sampling) -> list[float]:
    if sampling.top_a <= 0:
        return scores
    chances = softmax(scores)
    return _above(scores, chances, sampling.top_a * max(chances) ** 2)


def _typical(scores: list[float], sampling: Sampling) -> list[float]:
    """Keeps the words that say about as much as a word says here on average."""
    if sampling.typical_p >= 1:
        return scores
    chances = softmax(scores)
    alive = [index for index, chance in enumerate(chances) if chance > 0]
    entropy = -math.fsum(chances[index] * math.log(chances[index]) for index in alive)
    alive.sort(key=lambda index: abs(-math.log(chances[index]) - entropy))
    kept, total = [], 0.0
    for index in alive:
        kept.append(index)
        total += chances[index]
        if total > sampling.typical_p:
            break
    return _only(scores, kept)


def _top_n_sigma(scores: list[float], sampling: Sampling) -> list[float]:
    """Keeps scores at most so many standard deviations below the best."""
    alive = [score for score in scores if score != OUT]
    if sampling.top_n_sigma <= 0 or len(alive) < 2:
        return scores
    mean = math.fsum(alive) / len(alive)
    deviation = math.sqrt(math.fsum((score - mean) ** 2 for score in alive) / len(alive))
    floor = max(alive) - sampling.top_n_sigma * deviation
    return [score if score >= floor or score == OUT else _FAINT for score in scores]


def _xtc(scores: list[float], sampling: Sampling) -> list[float]:
    """Cuts all likely words but the least likely of them, when the dice say so.

    The dice cannot be drawn: from a chance of one half on, the picture shows the cut.
    """
    if sampling.xtc_probability < 0.5 or sampling.xtc_threshold > 0.5:
        return scores
    chances = softmax(scores)
    likely = [index for index in _ranked(scores) if chances[index] >= sampling.xtc_threshold]
    out = set(likely[:-1])
    return [OUT if index in out else score for index, score in enumerate(scores)]


_FILTERS: Mapping[str, Callable[[list[float], Sampling], list[float]]] = {
    "temperature": _temperature,
    "top_k": _top_k,
    "top_p": _top_p,
    "min_p": _min_p,
    "top_a": _top_a,
    "typical_p": _typical,
    "top_n_sigma": _top_n_sigma,
    "xtc": _xtc,
}


def _ranked(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)


def _above(scores: list[float], chances: list[float], floor: float) -> list[float]:
    return _only(scores, [index for index, chance in enumerate(chances) if chance >= floor])


def _only(scores: list[float], kept: Sequence[int]) -> list[float]:
    left = [OUT] * len(scores)
    for index in kept:
        left[index] = scores[index]
    return left
