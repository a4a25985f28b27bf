import math
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.models.sampling import Sampling
from app.practice.answer import Asked, possible_answers
from app.practice.readings import Readings
from app.practice.words import WordModel
from app.practice.writer import Writer

TEXT = "One two three four five. Six seven eight."
GREEDY = Sampling(temperature=0.0)


@pytest.fixture(scope="module")
def model():
    return WordModel([TEXT])


def writer(model, sampling=GREEDY, **more):
    return Writer(model, [(TEXT, 1.0)], sampling, **{"limit": 1000, **more})


def written(*arguments, **more):
    pieces = list(writer(*arguments, **more).pieces())
    return "".join(piece.text for piece in pieces), pieces[-1].finish_reason


def test_greedy_writes_the_text_token_by_token(model):
    pieces = list(writer(model).pieces())
    assert "".join(piece.text for piece in pieces) == TEXT
    assert [piece.text for piece in pieces[:3]] == ["One", " two", " three"]
    assert pieces[-1].finish_reason == "stop"
    assert not any(piece.finish_reason for piece in pieces[:-1])


def test_the_limit_ends_with_length_and_counts(model):
    short = writer(model, limit=3)
    pieces = list(short.pieces())
    assert "".join(piece.text for piece in pieces) == "One two three"
    assert (pieces[-1].finish_reason, short.count) == ("length", 3)


@pytest.mark.parametrize(
    ("stop", "kept"),
    [
        ("three", "One two "),
        ("ree fo", "One two th"),
        ("o t", "One tw"),
        (" three four five. S", "One two"),
        ("One", ""),
        (".", "One two three four five"),
        ("absent", TEXT),
        ("eight.!", TEXT),
    ],
)
def test_stop_texts_are_found_across_tokens(model, stop, kept):
    assert written(model, stops=[stop]) == (kept, "stop")


def test_the_first_stop_text_in_the_answer_wins(model):
    assert written(model, stops=["four", "two", "e t"]) == ("On", "stop")


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 12))
def test_any_piece_of_the_text_stops_it(start, length):
    stop = TEXT[start : start + length]
    assert written(WordModel([TEXT]), stops=[stop])[0] == TEXT[: TEXT.find(stop)]


def test_nothing_that_might_be_a_stop_text_is_shown_too_early(model):
    shown = ""
    for piece in writer(model, stops=["three four five! "]).pieces():
        shown += piece.text
        assert not shown.endswith((" three", " three four", " three four five")) or len(shown) > 30
    assert shown == TEXT


def test_held_text_is_given_out_at_the_end(model):
    assert written(model, stops=["five!"], limit=5) == ("One two three four five", "length")


def test_tokens_go_with_the_text_they_made(model):
    for stops in ([], ["five! "], ["ight"]):
        pieces = list(writer(model, stops=stops, rivals=0).pieces())
        tokens = "".join(token.text for piece in pieces for token in piece.tokens)
        text = "".join(piece.text for piece in pieces)
        assert tokens.startswith(text)
        assert len(tokens) - len(text) < 6


def test_logprobs_are_the_models_own_probabilities(model):
    tokens = [token for piece in writer(model, rivals=3).pieces() for token in piece.tokens]
    readings = Readings(model, [(TEXT, 1.0)])
    for token, found in zip(model.encode(TEXT), tokens, strict=True):
        chances = readings.chances()
        assert found.logprob == pytest.approx(math.log(chances[token]))
        assert found.rivals[0] == (found.text, found.logprob)
        expected = sorted(chances, reverse=True)[:3]
        assert [math.exp(logprob) for _, logprob in found.rivals] == pytest.approx(expected)
        readings.follow(token)


def test_logprobs_come_before_temperature_and_after_penalties(model):
    cold = list(writer(model, Sampling(temperature=0.01), rivals=1, seed=1).pieces())
    plain = list(writer(model, GREEDY, rivals=1).pieces())
    assert cold[0].tokens[0].logprob == plain[0].tokens[0].logprob < 0
    token = model.encode("One")[0]
    biased = Sampling(temperature=0.0, logit_bias={token: 5.0})
    assert next(iter(writer(model, biased, rivals=1).pieces())).tokens[0].logprob > (
        plain[0].tokens[0].logprob
    )


def test_without_asking_no_probabilities_are_noted(model):
    piece = next(iter(writer(model).pieces()))
    assert (piece.tokens[0].logprob, piece.tokens[0].rivals) == (None, ())


def test_the_seed_decides_and_no_seed_does_not(model):
    hot = Sampling(temperature=1.5)
    assert written(model, hot, seed=3) == written(model, hot, seed=3)
    assert len({written(model, hot, seed=seed, limit=60) for seed in range(12)}) > 4
    assert len({written(model, hot, limit=60) for _ in range(12)}) > 2


def test_a_begun_answer_is_continued(model):
    begun = model.encode("One two three")
    assert written(model, begun=begun) == (TEXT[len("One two three") :], "stop")


def test_a_banned_word_never_comes(model):
    bans = dict.fromkeys(model.ids_of("three"), -100.0)
    text, _ = written(model, Sampling(temperature=0.7, logit_bias=bans), seed=1)
    assert "three" not in text


def sample(known, answers, seeds, **values):
    """The tokens of a few answers, drawn with the seeds 0, 1, 2, …"""
    for seed in range(seeds):
        pieces = Writer(known.model, answers, Sampling(**values), seed=seed, limit=150).pieces()
        yield [token.text for piece in pieces for token in piece.tokens]


@pytest.fixture
def answers(known):
    return possible_answers(Asked("What does temperature do?"), known.index)


@pytest.mark.parametrize(
    "penalty",
    [{"frequency_penalty": 2.0}, {"presence_penalty": 2.0}, {"repetition_penalty": 1.8}],
)
def test_penalties_make_repeats_rarer(known, answers, penalty):
    def repeats(**values):
        drawn = sample(known, answers[:1], 6, temperature=1.0, **values)
        return sum(len(tokens) - len(set(tokens)) for tokens in drawn)

    assert repeats(**penalty) < repeats()


def test_low_temperature_is_readable_and_high_temperature_drifts(known, answers):
    expected = [known.model.tokens[token] for token in known.model.encode(answers[0][0])][:150]

    def likeness(temperature):
        drawn = sample(known, answers[:1], 4, temperature=temperature)
        ratios = [SequenceMatcher(None, expected, tokens, False).ratio() for tokens in drawn]
        return sum(ratios) / len(ratios)

    assert likeness(0.0) == 1
    assert likeness(0.7) > 0.95
    assert likeness(1.3) < likeness(0.7)
    assert likeness(1.6) < 0.6


def test_an_answer_at_the_default_does_not_end_before_it_has_begun(known, answers):
    lengths = [len(tokens) for tokens in sample(known, answers, 40, temperature=0.7)]
    assert min(lengths) > 60
