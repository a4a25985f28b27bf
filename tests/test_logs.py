import logging

import pytest

from app import logs
from app.logs import Redaction, forget_secrets, know_secret, redact, set_up, shut_down
from app.paths import folders


@pytest.fixture
def places(tmp_path):
    root = logging.getLogger()
    level, handlers = root.level, {handler: list(handler.filters) for handler in root.handlers}
    quiet = {topic: logging.getLogger(topic).level for topic in logs.QUIET}
    yield folders(tmp_path)
    shut_down()
    forget_secrets()
    root.setLevel(level)
    for handler, filters in handlers.items():
        handler.filters[:] = filters
    for topic, known in quiet.items():
        logging.getLogger(topic).setLevel(known)


def written(places):
    return (places.logs / logs.LOG_NAME).read_text(encoding="utf-8")


def test_every_topic_is_written_for_the_user_alone(places):
    set_up(places)
    logging.getLogger("storage").info("opened %s", "facet.db")
    assert "INFO storage: opened facet.db" in written(places)
    for file in places.logs.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_full_log_is_rotated_and_stays_private(places, monkeypatch):
    monkeypatch.setattr(logs, "MAX_BYTES", 200)
    set_up(places)
    for number in range(20):
        logging.getLogger("topic").info("line %d of the log", number)
    files = sorted(file.name for file in places.logs.iterdir())
    assert files == ["facet.log", "facet.log.1", "facet.log.2", "facet.log.3"]
    for file in places.logs.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600


def test_setting_up_again_leaves_one_handler(places):
    set_up(places)
    set_up(places)
    named = [each for each in logging.getLogger().handlers if each.get_name() == logs.LOG_NAME]
    assert len(named) == 1
    shut_down()
    assert logs.LOG_NAME not in [each.get_name() for each in logging.getLogger().handlers]


def test_requests_of_the_network_library_are_not_written(places):
    set_up(places, level=logging.DEBUG)
    for topic in ("httpx", "httpcore.http11"):
        logging.getLogger(topic).info("HTTP Request: GET https://host/?key=abc")
        logging.getLogger(topic).warning("%s is odd", topic)
    assert "HTTP Request" not in written(places)
    assert "httpx is odd" in written(places)


def test_a_known_secret_is_written_nowhere(places, caplog):
    set_up(places)
    know_secret("CANARY-5f1c9e7a")
    log = logging.getLogger("topic")
    log.warning("said %s and %r", "CANARY-5f1c9e7a", b"CANARY-5f1c9e7a")
    try:
        raise ValueError("Illegal header value b'CANARY-5f1c9e7a'")
    except ValueError:
        log.exception("failed", stack_info=True)
    log.error("CANARY-5f1c9e7a", stack_info=True)
    text = written(places)
    assert "CANARY" not in text
    assert "Illegal header value b'[key]'" in text
    assert text.count("[key]") >= 4
    assert "CANARY" not in caplog.text


def test_every_handler_of_the_root_is_redacted(places):
    lines = []

    class Lines(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    other = Lines()
    logging.getLogger().addHandler(other)
    set_up(places)
    set_up(places)
    assert sum(isinstance(each, Redaction) for each in other.filters) == 1
    logging.getLogger("topic").warning("key sk-abcdefgh12345678")
    logging.getLogger().removeHandler(other)
    assert lines == ["key [key]"]


def test_a_log_that_cannot_be_written_costs_the_log_alone(places, capsys):
    places.logs.joinpath(logs.LOG_NAME).mkdir()
    set_up(places)
    logging.getLogger("topic").info("quiet")
    logging.getLogger("topic").error("loud sk-abcdefgh12345678")
    said = capsys.readouterr().err
    assert "loud [key]" in said
    assert "quiet" not in said


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Incorrect API key provided: sk-proj-TESTKEY1234567890.", "TESTKEY"),
        ("u:TESTKEY@host", "TESTKEY"),
        ("https://user:TESTKEY@host/v1", "TESTKEY"),
        ("?key=TESTKEY", "TESTKEY"),
        ("Authorization: Bearer TESTKEY123", "TESTKEY"),
        ('{"api_key": "TESTKEY123"}', "TESTKEY"),
        ("x-api-key: TESTKEY123", "TESTKEY"),
        ("x-goog-api-key=TESTKEY123", "TESTKEY"),
        ("AIzaTESTKEY12345678901234567890", "TESTKEY"),
        ("sk-ant-api03-TESTKEY1234567890", "TESTKEY"),
        ("gsk_TESTKEY1234567890 and xai-TESTKEY1234567890 and hf_TESTKEY1234567890", "TESTKEY"),
        ("password='TESTKEY123'", "TESTKEY"),
    ],
)
def test_what_looks_like_a_key_is_blanked_unknown_as_it_is(text, safe):
    assert safe not in redact(text)
    assert "[key]" in redact(text)
    assert redact(redact(text)) == redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "The disk is full: this was not saved.",
        "max_tokens=4096 temperature=0.7",
        "status 429 after 1.5 s from https://openrouter.ai/api/v1/chat/completions",
        "task-list of the desk-top",
        "write to somebody@example.org",
    ],
)
def test_plain_words_stay(text):
    assert redact(text) == text


def test_the_longest_secret_is_blanked_first_and_short_ones_are_none(places):
    know_secret("abcdef")
    know_secret("abcdefghij")
    know_secret("the")
    assert redact("the abcdefghij abcdef") == "the [key] [key]"
    forget_secrets()
    assert redact("abcdefghij") == "abcdefghij"
