import threading
import time

from app.core import identity
from app.core.identity import new_id

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_an_id_is_26_letters_of_the_ulid_alphabet():
    found = new_id()
    assert len(found) == 26
    assert set(found) <= set(ALPHABET)


def test_ids_rise_even_within_a_millisecond():
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_rise_when_the_clock_goes_back(monkeypatch):
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert new_id() > before


def test_the_first_ten_letters_are_the_time_in_milliseconds(monkeypatch):
    now = 1_800_000_000_123_456_789
    monkeypatch.setattr(time, "time_ns", lambda: now)
    monkeypatch.setattr(identity, "_last", 0)
    found = new_id()
    number = 0
    for letter in found[:10]:
        number = number * 32 + ALPHABET.index(letter)
    assert number == now // 1_000_000


def test_threads_never_make_the_same_id():
    made: list[str] = []

    def make():
        made.extend([new_id() for _ in range(500)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000
