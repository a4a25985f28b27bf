import apsw
import pytest

from app.storage.search.tokenizer import TOKENIZER, register, word_count


@pytest.fixture
def connection():
    connection = apsw.Connection(":memory:")
    register(connection)
    yield connection
    connection.close()


def tokens(connection, data):
    tokenizer = connection.fts5_tokenizer("simplify", TOKENIZER.split()[1:])
    return list(tokenizer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None))


def test_every_piece_stands_where_its_bytes_are(connection):
    data = "x.y カタ 한글 Straße".encode()
    found = [(data[start:end].decode(), word) for start, end, word in tokens(connection, data)]
    assert found == [
        ("x", "x"),
        ("y", "y"),
        ("カ", "カ"),
        ("タ", "タ"),
        ("한", "한"),
        ("글", "글"),
        ("Straße", "strasse"),
    ]


def test_bytes_that_are_no_text_still_have_words(connection):
    data = b"one \xc3 two \xff\xfe three"
    found = [(data[start:end].decode(), word) for start, end, word in tokens(connection, data)]
    assert found == [("one", "one"), ("two", "two"), ("three", "three")]


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("***", 0), ("C++", 1), ("a-b", 2), ("東京", 2), ("\x00", 0)]
)
def test_words_are_counted(connection, text, count):
    assert word_count(connection, text) == count
