import pytest

from app.help.passages import Passage, PassageIndex, manual, passages_of, stem, stems

PAGE = """# Page

Intro.

## First question?
<!-- also: synonym
     other -->

Text **one**.

```sh
# not a heading
```

<!-- table: x -->
| a |
|---|
<!-- end -->

## Empty

### Third

Last.
"""

QUESTIONS = {
    "What does temperature do?": "What does Variety (temperature) do?",
    "what does temprature do": "What does Variety (temperature) do?",
    "What is top_p?": "What does Word pool (top_p) do?",
    "explain min_p please": "What does Floor (min_p) do?",
    "it keeps repeating the same words": "What does Repeats less (frequency_penalty) do?",
    "can I get the same answer twice?": "What does Same dice (seed) do?",
    "how do I ban a word": "What does Word bias (logit_bias) do?",
    "What is the system prompt?": "What are instructions (the system prompt)?",
    "How do I save a preset?": "How do I keep a good combination for later?",
    "what is a token": "What is a token?",
    "How do I connect OpenRouter?": "How do I connect OpenRouter?",
    "connect aimlapi": "How do I connect AI/ML API?",
    "How do I connect EmpirioLabs?": "How do I connect EmpirioLabs?",
    "how can i use ollama": "How do I use a model on my own computer?",
    "which provider is cheapest for gemma": "Which provider should I choose for Gemma?",
    "Where are my keys kept?": "Where are my keys kept?",
    "is my data private?": "Who can read my conversations?",
    "how do I delete a chat": "How do I delete a conversation, and can I get it back?",
    "how do i search old conversations": "How do I find an old conversation?",
    "how do I export my conversations": "How do I export a conversation?",
    "what happens if the computer crashes": (
        "What happens when Facet is closed or crashes while an answer is being written?"
    ),
    "What does error 429 mean?": "Too many requests (429)",
    "error 401": "The key was refused (401)",
    "I ran out of credit": "The credit is used up (402, or 403 at AI/ML API)",
    "my answer stopped in the middle": "The answer was cut off",
    "what are the keyboard shortcuts?": "Which keyboard shortcuts are there?",
    "dark mode": "How do I change the theme or the size of the text?",
    "does it work offline": "Does Facet work without a network?",
    "How do I attach an image?": "How do I attach a file or a picture?",
    "How do I use it from the terminal?": "How do I use Facet from the command line?",
    "Show me a table and some code": "What exit codes does the command line give?",
    "how does practice work": "How does Practice work?",
}


@pytest.fixture(scope="module")
def index():
    return PassageIndex(manual())


def test_a_page_is_cut_at_its_headings():
    found = passages_of(PAGE)
    assert [passage.title for passage in found] == ["Page", "First question?", "Third"]
    assert {passage.page for passage in found} == {"Page"}


def test_comments_are_taken_out_and_code_and_tables_stay():
    first = passages_of(PAGE)[1]
    assert first.text == "Text **one**.\n\n```sh\n# not a heading\n```\n\n| a |\n|---|"
    assert first.also.split() == ["synonym", "other"]


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (("answer", "answers", "answered", "answering"), True),
        (("key", "keys"), True),
        (("query", "queries"), True),
        (("stop", "stopped", "stopping", "stops"), True),
        (("search", "searches", "searching"), True),
        (("like", "liking"), True),
        (("use", "used"), False),
        (("use", "us"), False),
        (("this", "thing"), False),
    ],
)
def test_endings_do_not_count(words, same):
    assert (len({stem(word) for word in words}) == 1) is same


def test_common_words_and_accents_do_not_count():
    assert stems("What does the Température do, please?") == [stem("temperature")]


@pytest.mark.parametrize(("question", "title"), QUESTIONS.items())
def test_natural_questions_find_their_passage(index, question, title):
    assert index.find(question)[0].passage.title == title


@pytest.mark.parametrize("title", [p.title for p in manual() if p.title.endswith("?")])
def test_a_heading_asked_as_a_question_finds_its_own_passage(index, title):
    assert index.find(title)[0].passage.title == title


@pytest.mark.parametrize(
    "question",
    ["What is the capital of France?", "How do I cook rice?", "Write a haiku about the ocean"],
)
def test_foreign_questions_are_hardly_covered(index, question):
    assert max((match.coverage for match in index.find(question)), default=0) < 0.45


def test_a_question_that_points_back_takes_the_one_before_along(index):
    before = "What does temperature do?"
    found = index.find("And what value should I set it to?", before)
    assert found[0].passage.title == "What does Variety (temperature) do?"
    assert index.find("And why?", "Where are my keys kept?")[0].passage.title == (
        "Where are my keys kept?"
    )


def test_a_question_that_stands_alone_does_not(index):
    found = index.find("How do I export a conversation?", "What does temperature do?")
    assert found[0] == index.find("How do I export a conversation?")[0]


def test_matches_are_in_order_and_coverage_is_a_share(index):
    found = index.find("How do I connect a provider with a key?")
    assert [match.score for match in found] == sorted((m.score for m in found), reverse=True)
    assert all(0 < match.coverage <= 1.0000001 for match in found)
    assert index.find("xyzzy plugh") == []


def test_the_manual_is_whole():
    passages = manual()
    assert 5000 < sum(len(passage.text.split()) for passage in passages) < 12000
    assert len({passage.title for passage in passages}) == len(passages)


def test_words_of_an_example_do_not_make_a_passage_fit():
    example = Passage("Page", "Codes", "How it ended:\n\n```sh\nask 'the tides'\n```\n\nand so on.")
    assert PassageIndex([example]).find("How does a tide work?") == []
    assert PassageIndex([example]).find("How did it end?")
