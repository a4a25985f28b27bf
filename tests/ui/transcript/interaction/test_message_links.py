"""The links of a message."""

from dataclasses import replace

from app.core.conversations.conversation import SourcePart, TextPart
from app.ui.transcript.interaction.message_links import MOST, NamedLink, links_of


def named(words, text, sources=()):
    message = replace(words.answer("a", text), parts=(*sources, TextPart(text)))
    return links_of(message, text)


def test_links_are_found_wherever_they_stand_each_address_once(words):
    text = (
        "See [a **bold** page](https://a.test/1) or https://b.test.\n\n"
        "- [in a list](https://c.test)\n\n| t |\n|---|\n| [cell](https://d.test) |\n\n"
        "Again: [the same](https://a.test/1)."
    )
    assert named(words, text) == [
        NamedLink("a bold page", "https://a.test/1"),
        NamedLink("https://b.test", "https://b.test"),
        NamedLink("in a list", "https://c.test"),
        NamedLink("cell", "https://d.test"),
    ]


def test_cited_pages_follow_those_of_the_text(words):
    sources = (SourcePart("https://a.test/1", "Known"), SourcePart("https://e.test", "New\npage"))
    assert named(words, "[x](https://a.test/1)", sources) == [
        NamedLink("x", "https://a.test/1"),
        NamedLink("New page", "https://e.test"),
    ]


def test_addresses_that_may_not_be_opened_are_not_offered(words):
    text = "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](https://u@evil.test/)"
    assert named(words, text, (SourcePart("javascript:x", "d"),)) == []


def test_a_page_full_of_links_is_cut(words):
    text = "\n\n".join(f"[n{n}](https://a.test/{n})" for n in range(MOST + 20))
    assert len(named(words, text)) == MOST
