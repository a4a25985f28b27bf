"""The formulas that turn scores of possible words into one word. Standard library only, no state.

Order, always the same: word bias and penalties change the scores; temperature divides them; top_k,
top_p, min_p and top_a cut candidates in this order, each on the probabilities the one before left.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.models.parameter import Parameters

DEFAULT_TEMPERATURE = 0.7


@dataclass(frozen=True, slots=True)
class Sampling:
    """The parameters that shape the choice of a word; every default but temperature means "off".

    `logit_bias` maps token ids to what is added to their score.
    """

    temperature: float = DEFAULT_TEMPERATURE
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    top_a: float = 0.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    repetition_penalty: float = 1.0
    logit_bias: Mapping[int, float] = field(default_factory=dict)


def sampling_from(
    parameters: Parameters,
    *,
    default_temperature: float = DEFAULT_TEMPERATURE,
    logit_bias: Mapping[int, float] | None = None,
) -> Sampling:
    """The sampling that a set of checked parameters asks for; what is absent is off.

    Word bias is given by itself, as finding its token ids needs a vocabulary.
    """

    def number(name: str, otherwise: float) -> float:
        value = parameters.get(name)
        return float(value) if isinstance(value, int | float) else otherwise

    return Sampling(
        temperature=number("temperature", default_temperature),
        top_k=int(number("top_k", 0)),
        top_p=number("top_p", 1),
        min_p=number("min_p", 0),
        top_a=number("top_a", 0),
        frequency_penalty=number("frequency_penalty", 0),
        presence_penalty=number("presence_penalty", 0),
        repetition_penalty=number("repetition_penalty", 1),
        logit_bias=logit_bias or {},
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
    by it, a negative one multiplied.
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
    """The probabilities that are drawn from: temperature, then the four cuts. They sum to 1.

    Temperature 0 puts everything on the highest score (the first of equals).
    """
    if sampling.temperature == 0:
        sure = [0.0] * len(scores)
        sure[max(range(len(scores)), key=scores.__getitem__)] = 1.0
        return sure
    chances = softmax(scores, sampling.temperature)
    if sampling.top_k > 0:
        chances = _first_of(chances, sampling.top_k)
    if sampling.top_p < 1:
        chances = _share_of(chances, sampling.top_p)
    if sampling.min_p > 0:
        chances = _above(chances, sampling.min_p * max(chances))
    if sampling.top_a > 0:
        chances = _above(chances, sampling.top_a * max(chances) ** 2)
    return chances


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


def _ranked(chances: Sequence[float]) -> list[int]:
    return sorted(range(len(chances)), key=chances.__getitem__, reverse=True)


def _first_of(chances: Sequence[float], count: int) -> list[float]:
    return _only(chances, _ranked(chances)[:count])


def _share_of(chances: Sequence[float], share: float) -> list[float]:
    kept, total = [], 0.0
    for index in _ranked(chances):
        kept.append(index)
        total += chances[index]
        if total >= share:
            break
    return _only(chances, kept)


def _above(chances: Sequence[float], floor: float) -> list[float]:
    return _only(chances, [index for index, chance in enumerate(chances) if chance >= floor])


def _only(chances: Sequence[float], kept: Sequence[int]) -> list[float]:
    total = math.fsum([chances[index] for index in kept])
    left = [0.0] * len(chances)
    for index in kept:
        left[index] = chances[index] / total
    return left
