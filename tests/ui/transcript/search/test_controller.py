"""Finding words in a transcript: all of them, whether drawn or not, and going to each."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Fault,
    Message,
    MessageState,
    Role,
    SourcePart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.render.output.projection import projected
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.search import searcher
from app.ui.transcript.search.reveal import match_top
from tests.ui.transcript.driver import (
    footer_of,
    layout_of,
    made_layouts,
    reasoning_of,
    row_of,
    top_of,
)

FAR = "\n\n".join(f"Paragraph {i} of many words." for i in range(60))


@pytest.fixture
def finds(view, controller):
    return Finds(view, controller)


class Finds:
    """What the reader sees of a search."""

    def __init__(self, view, controller):
        self._view = view
        self._controller = controller
        self._counted = []
        controller.counted.connect(lambda *values: self._counted.append(values))

    @property
    def count(self):
        """(number of the current match or 0, count of all, whether all is searched)."""
        return self._counted[-1]

    @property
    def current_word(self):
        """The text of the match the view stands at, from what is drawn."""
        find = self._current()
        text = getattr(find.owner, "texts", None)
        text = text[find.number] if text else None
        if text is None and hasattr(find.owner, "document"):
            text = find.owner.document.toRawText()
        if text is None:
            text = find.owner.text
        return text.encode("utf-16-le")[2 * find.first : 2 * find.last].decode("utf-16-le")

    @property
    def in_view(self):
        """Where the current match stands in the viewport, as a share of its height."""
        match, view = self._controller.current, self._view
        inner = match_top(layout_of(view, match.layout), match.part, self._current())
        return (top_of(view, match.layout) + inner) / view.viewport().height()

    def _current(self):
        index, part, number = self._controller.current
        return self._controller._matches(index, part)[number]


def picture(view):
    return view.viewport().grab().toImage()


def colours(view, name):
    """How many pixels have a colour of the theme."""
    image, wanted = picture(view), view.state.theme.colour(name).rgb()
    return sum(
        image.pixel(x, y) == wanted
        for y in range(0, image.height(), 2)
        for x in range(0, image.width(), 2)
    )


def test_all_messages_are_counted_and_the_nearest_is_shown(view, words, search, controller, finds):
    view.set_branch(words.many(40), {})
    told = search("message")
    place, total, is_done = told[-1]
    assert (total, is_done) == (40, True)
    assert finds.current_word == "Message"
    assert 0 <= finds.in_view <= 1
    assert controller.current.layout == place - 1


def test_next_and_previous_go_round_the_ends(view, words, search, controller, finds):
    view.set_branch(words.many(6), {})
    search("message")
    start = controller.current
    seen = [start]
    for _ in range(6):
        controller.step(1)
        seen.append(controller.current)
        assert 0 <= finds.in_view <= 1
    assert seen[-1] == start
    assert len(set(seen)) == 6
    controller.step(-1)
    assert controller.current == seen[-2]


def test_a_find_out_of_view_comes_to_a_third_below_the_top(view, words, search, finds):
    text = FAR + "\n\nA needle here.\n\n" + FAR
    view.set_branch([words.question(), words.answer("a", text), *words.many(8)], {})
    search("needle")
    assert finds.current_word == "needle"
    assert finds.in_view == pytest.approx(1 / 3, abs=0.02)


def test_a_find_in_view_does_not_move_the_view(view, words, search):
    view.set_branch([words.question(), words.answer("a", "A needle.\n\n" + FAR)], {})
    view.position.stop_following()
    view.verticalScrollBar().setValue(0)
    before = view.verticalScrollBar().value()
    search("needle")
    assert view.verticalScrollBar().value() == before


def test_typing_on_stays_at_the_find(view, words, search, controller):
    view.set_branch(words.many(30), {})
    search("some")
    controller.step(1)
    match = controller.current
    search("some words")
    assert controller.current == match


def test_what_is_not_drawn_is_counted_as_what_is(view, words, search, controller, finds):
    text = (
        "# About **needles**\n\n- a nee*dle*\n- [needle](https://example.org/needle)\n\n"
        "| needle | x |\n|---|---|\n| y | `needle` |\n\n```python\nneedle = 'needle'\n```\n\n"
        "> needle\n> needle &amp; thread"
    )
    far = [words.question(f"q{i}", FAR) for i in range(5)]
    view.set_branch([words.answer("a", text), *far], {})
    search("needle")
    total = finds.count[1]
    assert total == 9
    for _ in range(total):
        controller.step(1)
        assert finds.current_word.lower() == "needle"
    assert finds.count[1] == total


def test_case_and_whole_words(view, words, search, finds):
    view.set_branch([words.question("q", "Cat cat concatenate")], {})
    search("cat")
    assert finds.count[1] == 3
    search("cat", keeps_case=True)
    assert finds.count[1] == 2
    search("cat", is_whole=True)
    assert finds.count[1] == 2


def test_a_closed_thought_opens(view, words, search, finds):
    message = words.answer("a", FAR, reasoning="First this.\n\nThen a needle, of course.")
    view.set_branch([words.question(), message], {})
    assert not reasoning_of(view, 1).is_open
    search("needle")
    assert reasoning_of(view, 1).is_open
    assert finds.current_word == "needle"
    assert 0 <= finds.in_view <= 1
    assert colours(view, "found_now") > 0


def test_code_scrolls_sideways_to_the_find(view, words, search):
    code = "```\n" + "x" * 300 + " needle\n```"
    view.set_branch([words.answer("a", code)], {})
    search("needle")
    [item] = [p for p in row_of(view).items if isinstance(p, CodeItem)]
    assert item.scroll > 0
    assert colours(view, "found_now") > 0


def test_the_names_of_files_are_searched(view, words, search, finds):
    file = Attachment("f" * 64, "report.pdf", "application/pdf", 10)
    question = words.question("q", "Read this")
    question = replace(question, parts=(*question.parts, AttachmentPart(file)))
    view.set_branch([question, words.answer("a", FAR)], {})
    search("report")
    assert finds.count[:2] == (1, 1)
    assert finds.current_word == "report"
    assert colours(view, "found_now") > 0


def test_folded_code_opens(view, words, search, finds):
    lines = "\n".join(f"line {i}" for i in range(300))
    text = f"```\n{lines}\nneedle\n```"
    view.set_branch([words.answer("a", text), *words.many(8)], {})
    search("needle")
    assert finds.count[:2] == (1, 1)
    assert finds.current_word == "needle"
    assert 0 <= finds.in_view <= 1
    assert colours(view, "found_now") > 0


def test_formulas_are_found_by_what_they_were_written_as(
    view, words, search, qtbot, controller, finds
):
    view.set_branch([words.answer("a", r"So $\frac{a}{b}$ it is."), *words.many(1)], {})
    search("frac")
    assert finds.count[1] == 1
    controller.step(1)
    assert finds.count[:2] == (1, 1)


def test_calls_results_and_sources_are_searched(view, words, search, controller, finds):
    call = ToolCallPart("1", "weather_in", '{"place": "Lisboa"}')
    page = SourcePart("https://example.org/a", "Lisboa, the city")
    asks = replace(words.answer("a", "Let me see."), parts=(TextPart("Let me see."), call, page))
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    result = Message("t", "c", "a", Role.TOOL, (ToolResultPart("1", "Sun in Lisboa"),), 3, moment)
    view.set_branch([words.question(), asks, result], {})
    search("lisboa")
    assert finds.count[1] == 3
    for _ in range(3):
        controller.step(1)
        assert finds.current_word == "Lisboa"
        assert colours(view, "found_now") > 0


def test_the_figures_under_an_answer_are_found_but_not_its_label(view, words, search, finds):
    view.set_branch([words.question("q", FAR), words.answer("a", FAR)], {})
    view.verticalScrollBar().setValue(0)
    search("gemma")
    assert finds.count[:2] == (0, 0)
    before = view.viewport().grab().toImage()
    search("0.00011")
    assert finds.current_word == "0.00011"
    assert view.viewport().grab().toImage() != before
    search("tokens")
    assert finds.count[:2] == (0, 0)


def test_a_fault_is_found_and_its_details_unfold(view, words, search, finds):
    fault = Fault("QuotaError", "Too many requests.", "Wait.", details=f"{FAR}\n\nupstream zebra")
    failed = words.answer("a", "", MessageState.FAILED, fault=fault)
    view.set_branch([words.question(), failed], {})
    search("requests")
    assert finds.current_word == "requests"
    assert not footer_of(view, 1).is_unfolded
    search("zebra")
    assert finds.count == (1, 1, True)
    assert footer_of(view, 1).is_unfolded
    assert 0 < finds.in_view < 1


def test_finds_are_marked_and_the_current_one_more(view, words, search, controller):
    view.set_branch([words.question("q", "needle and needle"), words.answer("a", "a needle")], {})
    plain = picture(view)
    assert colours(view, "found") == 0
    search("needle")
    assert colours(view, "found") > 50
    assert colours(view, "found_now") > 25
    controller.close()
    assert picture(view) == plain
    assert not controller.is_on


def test_words_of_a_growing_answer_are_found_as_they_come(view, words, search, finds):
    writing = words.answer("a", "", MessageState.WRITING)
    view.set_branch([words.question("q", "needle"), writing], {})
    search("needle")
    assert finds.count == (1, 1, True)
    for number in range(1, 8):
        view.add_text("a", "One nee")
        view.take_arrived()
        view.add_text("a", "dle more.\n\n")
        view.take_arrived()
        assert finds.count == (1, 1 + number, True)
    view.add_reasoning("a", "A needle was thought of.")
    view.take_arrived()
    assert finds.count[1] == 9
    text = layout_of(view, 1).text_so_far
    view.replace(words.answer("a", text, reasoning="A needle was thought of."))
    search()
    assert finds.count == (1, 9, True)


def test_another_text_for_a_growing_answer_is_counted_anew(view, words, search, finds):
    writing = words.answer("a", "", MessageState.WRITING)
    view.set_branch([words.question("q", "Hello"), writing], {})
    search("needle")
    view.add_text("a", "A needle.\n\nA needle.\n\nOpen")
    view.take_arrived()
    assert finds.count[1] == 2
    view.replace_text("a", "One needle.\n\nAnd no more.\n\nOpen")
    assert finds.count[1] == 1
    view.add_text("a", " needle")
    view.take_arrived()
    assert finds.count[1] == 2


def test_messages_that_come_and_change_are_searched(view, words, search, finds):
    view.set_branch([words.question("q", "needle")], {})
    search("needle")
    view.append(words.answer("a", "needle, needle"))
    search()
    assert finds.count[1] == 3
    view.replace(words.answer("a", "nothing"))
    search()
    assert finds.count[1] == 1


def test_another_branch_is_searched_without_going_anywhere(view, words, search, controller, finds):
    view.set_branch(words.many(4), {})
    search("message")
    other = [replace(m, conversation_id="d", id=f"d{m.id}") for m in words.many(20)]
    view.set_branch(other, {})
    value = view.verticalScrollBar().value()
    search()
    assert finds.count == (0, 20, True)
    assert view.verticalScrollBar().value() == value
    controller.step(1)
    assert finds.count[0] > 0


def test_a_count_that_was_wrong_is_put_right_when_seen(view, words, search, finds):
    """A word only the drawing shows: the label of a picture that is not loaded."""
    text = "![a chart](https://example.org/c.png)"
    view.set_branch([words.answer("a", text), *words.many(20)], {})
    search("chart [image")
    view.position.stop_following()
    view.verticalScrollBar().setValue(0)
    picture(view)
    QTest.qWait(0)
    assert finds.count[1] == 1


def test_nothing_found_is_told(view, words, search, controller):
    view.set_branch(words.many(4), {})
    assert search("zebra")[-1] == (0, 0, True)
    controller.step(1)
    controller.step(-1)
    assert controller.current is None


def test_nothing_is_searched_in_an_empty_transcript(view, search):
    assert search("word")[-1] == (0, 0, True)


def test_ten_thousand_messages_are_searched_in_small_slices(view, words, search, controller):
    import time

    view.set_branch(words.many(10_000), {})
    slices = []
    due = controller._on_slice_due

    def timed():
        begin = time.thread_time()
        due()
        slices.append(time.thread_time() - begin)

    controller._timer.timeout.disconnect()
    controller._timer.timeout.connect(timed)
    told = search("message 77")
    totals = [total for _, total, _ in told]
    assert totals == sorted(totals)
    assert told[-1][1] == 111
    assert len(made_layouts(view)) < 40
    slices.sort()
    assert slices[len(slices) * 9 // 10] < 0.012
    assert len(slices) > 3


def test_drawing_without_a_search_asks_nothing(view, words, search, controller):
    view.set_branch(words.many(4), {})
    assert view.state.column.marks is None
    search("message")
    assert view.state.column.marks is not None
    controller.close()
    assert view.state.column.marks is None


def test_a_message_that_cannot_be_searched_does_not_stop_the_search(
    view, words, search, controller, monkeypatch, qtbot
):
    def counted(chunk):
        if "broken" in chunk.source:
            raise ZeroDivisionError
        return projected(chunk)

    monkeypatch.setattr(searcher, "projected", counted)
    far = [words.answer(f"a{n}", f"{FAR}\n\nA needle.") for n in range(3)]
    view.set_branch([*far, words.question("q", "A broken needle."), *words.many(20)], {})
    with qtbot.captureExceptions() as errors:
        search("needle")
    assert [kind for kind, _, _ in errors] == [ZeroDivisionError]
    assert controller.total >= 3
