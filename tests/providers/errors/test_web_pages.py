import pytest

from app.core.errors import RefusedError, UnavailableError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.errors.web_pages import is_page, page_failure

PORTAL = (
    '<html><meta http-equiv="refresh" content="0;url=http://portal.test/login">'
    "Sign in to Wi-Fi</html>"
)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text/html", "anything", True),
        ("", "  <!DOCTYPE html><p>", True),
        ("application/json", "<html>", True),
        ("", "<!-- x --><HTML>", True),
        ("", '{"a": "<html>"}', False),
        ("text/event-stream", "data: <html>", False),
    ],
)
def test_pages_are_known(kind: str, text: str, expected: bool) -> None:
    assert is_page(kind, text) is expected


@pytest.mark.parametrize(
    ("status", "text", "error", "says"),
    [
        (200, PORTAL, UnavailableError, r"sign in first \(portal.test answered instead\)"),
        (200, "<html>Hotel Wi-Fi", UnavailableError, "asks you to sign in first"),
        (200, "<html>Welcome", RefusedError, "returned a web page instead"),
        (404, "<html>Not found", RefusedError, r"a web page \(error 404\)"),
        (524, "<html>A timeout occurred", UnavailableError, "gateway error 524"),
    ],
)
def test_what_a_page_stands_for(
    catalogue: Catalogue, status: int, text: str, error: type, says: str
) -> None:
    found = page_failure(catalogue.profile("openrouter"), status, text, text[:500])
    assert isinstance(found, error)
    with pytest.raises(error, match=says):
        raise found
    assert found.hint
    assert (found.status, found.details) == (status, text[:500])
