"""The live picture of the tuning panel: ten possible next words, reshaped by the real formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.core.models.parameter import Parameters
from app.core.models.sampling import penalised, sampling_from, shaped

_CANDIDATES = (
    ("tide", 0.30),
    ("wave", 0.20),
    ("salt", 0.14),
    ("moon", 0.10),
    ("foam", 0.08),
    ("gull", 0.06),
    ("deep", 0.05),
    ("kelp", 0.035),
    ("rust", 0.02),
    ("lamp", 0.015),
)
_WRITTEN = {0: 2, 1: 1}
"""How often candidates stand in the text so far, so that the penalties have work to do."""


def reshaped_words(
    candidates: Sequence[tuple[str, float]], parameters: Parameters
) -> list[tuple[str, float]]:
    """Words with natural log probabilities, in their order, under these parameters.

    Their chances are taken among themselves: what a model did not tell cannot be drawn.
    """
    sampling = sampling_from(parameters, default_temperature=1.0)
    scores = [max(logprob, -100.0) for _, logprob in candidates]
    chances = shaped(penalised(scores, sampling, {}), sampling)
    return [(word, chance) for (word, _), chance in zip(candidates, chances, strict=True)]


def reshaped(parameters: Parameters) -> list[tuple[str, float]]:
    """The ten words, in a fixed order, and their probabilities under these parameters.

    An absent parameter is off, an absent temperature is 1. Values outside the sampler's sense (a
    temperature below 0, a repetition penalty of 0) are the caller's to refuse.
    """
    scores = [math.log(chance * len(_CANDIDATES)) for _, chance in _CANDIDATES]
    sampling = sampling_from(parameters, default_temperature=1.0)
    chances = shaped(penalised(scores, sampling, _WRITTEN), sampling)
    return [(word, chance) for (word, _), chance in zip(_CANDIDATES, chances, strict=True)]
