from app.services.generation.thinking_time import Thinking


def test_it_runs_from_the_first_thought_to_the_first_word(monkeypatch):
    now = [10.0]
    monkeypatch.setattr("app.services.generation.thinking_time.time.monotonic", lambda: now[0])
    watch = Thinking()
    watch.note_text()
    assert watch.seconds is None
    watch.note_thought()
    now[0] = 12.0
    watch.note_thought()
    assert watch.seconds == 2.0
    now[0] = 13.5
    watch.note_text()
    now[0] = 20.0
    watch.note_thought()
    watch.note_text()
    assert watch.seconds == 3.5
