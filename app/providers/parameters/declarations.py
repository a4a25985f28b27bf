"""Every generation parameter, declared once: its names, its dial, and what its values mean."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.errors import SettingError
from app.core.models.parameter import Kind, ParameterValue
from app.core.models.tool import TOOLS
from app.providers.parameters.parameter import Editor, Parameter, Place, figure, shown
from app.providers.parameters.routing import ROUTING
from app.providers.parameters.sentences import frequency, min_p, presence, top_a, top_k, top_p
from app.providers.parameters.shapes import (
    MOST_TOKENS,
    bias_sentence,
    check_bias,
    check_reasoning,
    check_shape,
    read_reasoning,
    read_shape,
    reasoning_sentence,
    shape_sentence,
)

__all__ = [
    "APART",
    "DIALS",
    "PARAMETERS",
    "Parameter",
    "canonical",
    "conflicts",
    "follow_needs",
    "parameter",
]

_END = math.inf
_WORDS_IN_A_TOKEN = 0.75


def _max_tokens(value: float) -> str:
    words = value * _WORDS_IN_A_TOKEN
    if words >= 100:
        scale = 10 ** (int(math.log10(words)) - 1)
        words = round(words / scale) * scale
    return f"About {figure(max(1, int(words)))} words at most."


def _seed(_value: float) -> str:
    return "Asks for the same answer each time. Not every provider promises it."


def _stop(value: Any) -> str:
    texts = [value] if isinstance(value, str) else list(value)
    if not texts:
        return "Stops nowhere early."
    return f"Ends before {' or '.join(f'“{shown(visible(text))}”' for text in texts)}."


def visible(text: str) -> str:
    """A text with its line breaks and tabs spelt out."""
    return text.replace("\n", "\\n").replace("\t", "\\t")


def _flag(on: str, off: str) -> Any:
    return lambda value: on if value else off


_ALL = (
    Parameter(
        "temperature",
        Kind.NUMBER,
        "Variety",
        "How boldly the next word is chosen.",
        place=Place.MAIN,
        has_word_chart=True,
        step=0.05,
        soft_maximum=2,
        zones=(
            (0, "Always the likeliest word."),
            (0.249, "Very steady: nearly always the likeliest word."),
            (0.449, "Steady: says much the same each time."),
            (0.649, "Fairly steady: the likelier words come more often than learnt."),
            (0.849, "Natural: varied without straying."),
            (0.999, "A little calmer than the model learnt it."),
            (1, "As the model learnt it: its own shares, unchanged."),
            (1.099, "A little freer than the model learnt it."),
            (1.249, "Lively: rarer words come more often than learnt."),
            (1.449, "Bold: surprising, and facts may drift."),
            (1.599, "Very bold: odd words, and the thread may slip."),
            (1.799, "Wild: sentences begin to fall apart."),
            (2.999, "Mostly noise."),
            (_END, "Noise: unlikely words come nearly as often as likely ones."),
        ),
        minimum=0,
        maximum=10,
        words="creativity randomness random creative boring wild",
    ),
    Parameter(
        "top_p",
        Kind.NUMBER,
        "Word pool",
        "Keeps the likeliest words until they add up to this share; 1 keeps all.",
        place=Place.MAIN,
        step=0.01,
        neutral=1,
        describe=top_p,
        minimum=0,
        maximum=1,
        words="nucleus sampling",
    ),
    Parameter(
        "max_tokens",
        Kind.INTEGER,
        "Length limit",
        "How long an answer may become; a cut answer offers Continue.",
        place=Place.MAIN,
        slider_minimum=16,
        is_output_length=True,
        is_logarithmic=True,
        step=64,
        soft_minimum=1,
        soft_maximum=8192,
        describe=_max_tokens,
        minimum=1,
        maximum=MOST_TOKENS,
        words="short long longer shorter size output maximum",
    ),
    Parameter(
        "frequency_penalty",
        Kind.NUMBER,
        "Repeats less",
        "Each use of a word makes it a little less likely.",
        step=0.05,
        soft_minimum=-2,
        soft_maximum=2,
        neutral=0,
        describe=frequency,
        minimum=-10,
        maximum=10,
        words="repetition repeat",
    ),
    Parameter(
        "presence_penalty",
        Kind.NUMBER,
        "New topics",
        "A word used once is less likely, however often.",
        step=0.05,
        soft_minimum=-2,
        soft_maximum=2,
        neutral=0,
        describe=presence,
        minimum=-10,
        maximum=10,
        words="repetition novelty subjects",
    ),
    Parameter(
        "stop",
        Kind.TEXTS,
        "Stop at",
        "Ends before any of these texts.",
        describe=_stop,
        words="sequence end",
    ),
    Parameter(
        "reasoning",
        Kind.CHOICE,
        "Thinking",
        "How long the model thinks first: off, low, medium, high, or a token budget.",
        place=Place.MAIN_WHERE_LISTED,
        editor=Editor.THINKING,
        technical="reasoning.effort",
        choices=("off", "low", "medium", "high"),
        describe=reasoning_sentence,
        read=read_reasoning,
        verify=check_reasoning,
        words="think effort reason chain of thought",
    ),
    Parameter(
        "web_search",
        Kind.FLAG,
        "Search the web",
        "Searches the web for the answer, at a price; the sources are listed.",
        place=Place.MORE_WHERE_LISTED,
        neutral=False,
        describe=_flag(
            "Searches the web; each search costs extra, and the sources are listed.",
            "Does not search the web.",
        ),
        words="internet browse online google sources",
    ),
    Parameter(
        "top_k",
        Kind.INTEGER,
        "Shortlist",
        "Each word is one of this many likeliest ones.",
        is_logarithmic=True,
        soft_maximum=100,
        neutral=0,
        describe=top_k,
        minimum=-1,
        maximum=1000000,
        words="candidates sampling",
    ),
    Parameter(
        "min_p",
        Kind.NUMBER,
        "Floor",
        "Drops words less likely than this share of the best one.",
        step=0.01,
        neutral=0,
        describe=min_p,
        minimum=0,
        maximum=1,
        words="sampling threshold",
    ),
    Parameter(
        "top_a",
        Kind.NUMBER,
        "Moving floor",
        "Like Floor, but rises when the model is sure.",
        step=0.01,
        neutral=0,
        describe=top_a,
        minimum=0,
        maximum=1,
    ),
    Parameter(
        "repetition_penalty",
        Kind.NUMBER,
        "Repetition brake",
        "1 is off; above, repeats get harder; below, easier.",
        step=0.05,
        soft_maximum=2,
        neutral=1,
        zones=(
            (0.799, "Repeats get much easier: the answer may go in circles."),
            (0.949, "Repeats get easier."),
            (0.999999, "Repeats get a little easier."),
            (1, "Off: repeats are neither harder nor easier."),
            (1.079, "Repeats get hardly harder."),
            (1.179, "Repeats get a little harder."),
            (1.299, "Repeats get clearly harder."),
            (1.499, "Repeats get hard; names and small words begin to suffer."),
            (1.799, "Repeats get very hard; the answer may become odd."),
            (_END, "Hardly any word comes twice; the answer becomes odd."),
        ),
        minimum=0,
        maximum=10,
        words="loop looping",
    ),
    Parameter(
        "seed",
        Kind.INTEGER,
        "Same dice",
        "The same number asks for the same answer; not every provider promises it.",
        editor=Editor.DICE,
        soft_maximum=2**31 - 1,
        describe=_seed,
        minimum=-(2**63),
        maximum=2**63 - 1,
        words="random reproducible deterministic repeatable",
    ),
    Parameter(
        "response_format",
        Kind.CHOICE,
        "Answer shape",
        "Text, JSON, or JSON that fits a schema.",
        editor=Editor.ANSWER_SHAPE,
        example='{"type": "object", "properties": {"title": {"type": "string"}}}',
        neutral="text",
        choices=("text", "json"),
        describe=shape_sentence,
        read=read_shape,
        verify=check_shape,
        words="json schema structured output",
    ),
    Parameter(
        "logprobs",
        Kind.FLAG,
        "Confidence",
        "Records how sure the model was of each word.",
        neutral=False,
        describe=_flag(
            "Records how sure the model was of each word.", "Records nothing about its confidence."
        ),
        words="probability probabilities certainty",
    ),
    Parameter(
        "top_logprobs",
        Kind.INTEGER,
        "Rivals recorded",
        "How many other candidates are recorded with each word; needs Confidence.",
        needs="logprobs",
        soft_maximum=20,
        describe=lambda value: (
            "Records no rivals."
            if value <= 0
            else f"Records the {figure(value)} likeliest candidates for each word."
        ),
        minimum=0,
        maximum=1000,
        words="alternatives probability probabilities",
    ),
    Parameter(
        "logit_bias",
        Kind.JSON,
        "Word bias",
        "Makes chosen tokens likelier or bans them: token numbers with −100 to 100.",
        editor=Editor.WORD_BIAS,
        soft_minimum=-100,
        soft_maximum=100,
        describe=bias_sentence,
        verify=check_bias,
        words="ban tokens forbid",
    ),
    Parameter(
        "disable_formatting",
        Kind.FLAG,
        "Plain output",
        "Leaves the answer as the model wrote it; the provider adds and tidies nothing.",
        place=Place.MORE_WHERE_LISTED,
        neutral=False,
        describe=_flag(
            "The answer comes as the model wrote it.", "The provider tidies the answer."
        ),
        words="plain text",
    ),
)

PARAMETERS: Mapping[str, Parameter] = {item.name: item for item in _ALL}
"""Every parameter by its technical name, in the order of the panel."""

_WRITTEN_BY_FACET = ("model", "messages", "input", "stream")
"""Fields without which an answer could not be read, or would go elsewhere."""


def _check_raw(value: Any) -> ParameterValue:
    if not isinstance(value, Mapping) or not value:
        raise SettingError('Raw JSON takes names and values in braces, like {"n": 1}.')
    taken = [name for name in _WRITTEN_BY_FACET if name in value]
    if taken:
        raise SettingError(f"“{taken[0]}” is written by Facet and cannot be set here.")
    return dict(value)


def _raw_sentence(value: Any) -> str:
    names = ", ".join(str(name) for name in value)
    return f"Sent as it stands, over the dials: {names}."


_RAW = Parameter(
    "raw",
    Kind.JSON,
    "Raw JSON",
    "Anything else the provider takes; it goes into the request last, over the dials.",
    editor=Editor.RAW,
    describe=_raw_sentence,
    verify=_check_raw,
    words="body extra custom advanced",
)

DIALS: Mapping[str, Parameter] = {**PARAMETERS, _RAW.name: _RAW}
"""Every dial of the panel by its parameter's name, in order; the last takes what has no dial."""

APART = (TOOLS, ROUTING)
"""What a conversation keeps beside its dials: presets neither hold nor change it."""

_OTHER_NAMES = {
    "web_search_linkup": "web_search",
    "max_completion_tokens": "max_tokens",
    "max_output_tokens": "max_tokens",
    "stop_sequences": "stop",
    "reasoning_effort": "reasoning",
    "repeat_penalty": "repetition_penalty",
}


WIRE_NAMES = (*PARAMETERS, *_OTHER_NAMES)
"""Every name under which a provider may speak of a parameter."""


def canonical(name: str) -> str:
    """The name used here for a parameter that providers call differently."""
    return _OTHER_NAMES.get(name, name)


def parameter(name: str) -> Parameter:
    """The parameter with this name; SettingError suggests near ones when there is none."""
    found = PARAMETERS.get(canonical(name.strip()))
    if found is not None:
        return found
    import difflib

    near = difflib.get_close_matches(name, [*PARAMETERS, *_OTHER_NAMES], 1)
    hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(PARAMETERS)}."
    raise SettingError(f"There is no parameter called “{shown(name)}”.", hint)


def follow_needs(name: str, parameters: dict[str, ParameterValue]) -> bool:
    """Sets or unsets what goes with a dial just turned; whether anything changed."""
    needed = DIALS[name].needs if name in DIALS else ""
    if needed and parameters.get(name) and parameters.get(needed) is not True:
        parameters[needed] = True
        return True
    leaning = [item.name for item in DIALS.values() if item.needs == name]
    if parameters.get(name) is True or not any(other in parameters for other in leaning):
        return False
    for other in leaning:
        parameters.pop(other, None)
    return True


def conflicts(parameters: Mapping[str, ParameterValue]) -> list[str]:
    """Sentences about set parameters that fight or lean on each other."""
    found = []
    cutters = [name for name in ("top_p", "top_k", "min_p", "top_a") if _acts(parameters, name)]
    temperature = parameters.get("temperature")
    if temperature is not None and "top_p" in cutters:
        found.append(
            "Variety and Word pool pull on the same rope: both decide how daring"
            " each single word is. Better set only one."
        )
    elif temperature == 0 and cutters:
        found.append(f"With Variety at 0, {PARAMETERS[cutters[0]].title} changes nothing.")
    brakes = ("frequency_penalty", "presence_penalty", "repetition_penalty")
    pushed = [PARAMETERS[name].title for name in brakes if _acts(parameters, name)]
    if len(pushed) > 1 and "repetition_penalty" in parameters:
        found.append(f"{' and '.join(pushed)} do much the same and add up.")
    if parameters.get("top_logprobs") and parameters.get("logprobs") is False:
        found.append("Rivals recorded needs Confidence, which is switched off.")
    if temperature == 0 and "seed" in parameters:
        found.append("With Variety at 0 there are no dice to throw: Same dice changes little.")
    return found


def _acts(parameters: Mapping[str, ParameterValue], name: str) -> bool:
    """Whether a parameter is set to something other than its "off"."""
    value = parameters.get(name)
    return (
        value is not None and not isinstance(value, Sequence) and value != PARAMETERS[name].neutral
    )
