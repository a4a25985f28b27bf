"""Every sentence a person can read when a request fails, written out.

A row is what the provider does; the two sentences are what is shown on the card, word for word.
"""

import json
from dataclasses import dataclass, replace

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Role, TextPart
from app.providers.transport.http import Timeouts
from tests.simulator import Scenario
from tests.wire.asking import ask, client_at, question, said

OPENROUTER = ("openrouter", "google/gemma-2-27b-it")
AIML = ("aimlapi", "google/gemma-3-27b-it")
EMPIRIO = ("empiriolabs", "gemma-3-27b")
IMPATIENT = Timeouts(connect=0.5, first_byte=0.3, idle=0.3, content=0.6)
JSON = (("Content-Type", "application/json"),)
PAGE = (("Content-Type", "text/html"),)


@dataclass(frozen=True)
class Row:
    """A reply (a body with its status, or a scenario), and what is said about it."""

    says: str
    hint: str
    status: int = 200
    body: object = None
    route: tuple[str, str] = OPENROUTER
    head: tuple[tuple[str, str], ...] = JSON
    scenario: Scenario | None = None
    parameters: tuple[tuple[str, object], ...] = ()


def fault(message, code=400, **metadata):
    return {"error": {"code": code, "message": message, "metadata": metadata}}


KEYS = "https://openrouter.ai/keys"
ROUTE = "Try again in a moment, or choose another route."
WAIT = "Wait a moment and try again, or choose another route."
CREDIT = f"Add credit or raise the key's limit at {KEYS}, or choose another provider."
CHECK_KEY = (
    "Check the key in Settings, Providers: it may be mistyped, withdrawn, or made for "
    "another provider."
)
BASE = "Check the base URL in Settings, Providers: often /v1 is missing at its end."
SHORTER = "Start a new conversation, edit an earlier message, or choose a larger model."

ROWS = {
    "wrong key": Row(
        "OpenRouter does not accept the key: User not found.",
        CHECK_KEY,
        401,
        fault("User not found.", 401),
    ),
    "wrong key, empty": Row("OpenRouter does not accept the key.", CHECK_KEY, 401, b"", head=()),
    "wrong key at AI/ML API": Row(
        "AI/ML API does not accept the key: Invalid API key.",
        CHECK_KEY,
        401,
        {"statusCode": 401, "message": "Invalid API key."},
        AIML,
    ),
    "sign-in page for a key": Row(
        "OpenRouter does not accept the key: it returned a web page (error 401).",
        "Check the key and the base URL in Settings, Providers.",
        401,
        b"<html>Unauthorized</html>",
        head=PAGE,
    ),
    "no credit": Row(
        "OpenRouter says your credit is used up: Insufficient credits.",
        CREDIT,
        402,
        fault("Insufficient credits.", 402),
    ),
    "no credit at AI/ML API": Row(
        "AI/ML API says your credit is used up: You've run out of credits.",
        "Add credit or raise the key's limit at https://aimlapi.com/app/keys, or choose another "
        "provider.",
        403,
        {"statusCode": 403, "message": "You've run out of credits."},
        AIML,
    ),
    "no credit at EmpirioLabs": Row(
        "EmpirioLabs says your credit is used up: Top up to go on.",
        "Add credit or raise the key's limit at https://empiriolabs.ai, or choose another "
        "provider.",
        402,
        {"error": {"code": "insufficient_credits", "message": "Top up to go on."}},
        EMPIRIO,
    ),
    "key's own limit": Row(
        "OpenRouter says the limit set for this key is reached: Key limit exceeded.",
        f"Raise the key's limit at {KEYS}, or use another key.",
        403,
        fault("Key limit exceeded.", 403),
    ),
    "not allowed": Row(
        "OpenRouter does not allow this key to do that: Only for owners.",
        "Check what the key may do on the provider's page, or choose another model.",
        403,
        fault("Only for owners.", 403),
    ),
    "moderation": Row(
        "OpenRouter did not pass the message on: it was taken to break a rule (violence): "
        "Input was flagged.",
        "Word it differently, or choose another provider.",
        403,
        fault("Input was flagged.", 403, reasons=["violence"], flagged_input="…"),
    ),
    "region": Row(
        "OpenRouter does not offer this where you are: Not available in your country.",
        "Choose another model or provider.",
        403,
        fault("Not available in your country.", 403),
    ),
    "busy": Row(
        "OpenRouter takes no more requests just now: Rate limit exceeded.",
        WAIT,
        429,
        fault("Rate limit exceeded.", 429),
    ),
    "busy behind a gateway": Row(
        "OpenRouter (through Novita) takes no more requests just now.",
        WAIT,
        429,
        {"error": {"code": 429, "message": "", "metadata": {"provider_name": "Novita"}}},
    ),
    "busy said as 400": Row(
        "OpenRouter is busy: The model is temporarily overloaded.",
        ROUTE,
        400,
        fault("The model is temporarily overloaded."),
    ),
    "too long": Row(
        "This conversation no longer fits the model: This endpoint's maximum context length is "
        "8192 tokens.",
        SHORTER,
        400,
        fault("This endpoint's maximum context length is 8192 tokens."),
    ),
    "too large": Row(
        "OpenRouter finds the request too large: Request entity too large.",
        "Remove a file, or send a smaller picture.",
        413,
        fault("Request entity too large.", 413),
    ),
    "unknown model": Row(
        "OpenRouter refused the request: google/gemma-2-27b-it is not a valid model ID.",
        "Choose a model from the provider's list.",
        400,
        fault("google/gemma-2-27b-it is not a valid model ID"),
    ),
    "unknown model as 404": Row(
        "EmpirioLabs does not know the model “gemma-3-27b”: The model 'gemma-3-27b' does not "
        "exist.",
        "Choose a model from its list.",
        404,
        {"error": {"code": "model_not_found", "message": "The model 'gemma-3-27b' does not exist"}},
        EMPIRIO,
    ),
    "no host left": Row(
        "OpenRouter has no host left for this model (data policy): No endpoints found.",
        "Loosen the account's privacy and routing rules, or choose another model.",
        404,
        {
            "error": {
                "message": "No endpoints found.",
                "availability": {"code": "no_endpoints", "excluded_by": ["data policy"]},
            }
        },
    ),
    "wrong path": Row(
        "There is nothing at this address of EmpirioLabs: Not Found.",
        BASE,
        404,
        {"detail": "Not Found"},
        EMPIRIO,
    ),
    "web page": Row(
        "The address of OpenRouter returned a web page instead of an answer.",
        BASE,
        200,
        b"<!DOCTYPE html><html><body>Welcome</body></html>",
        head=PAGE,
    ),
    "missing page": Row(
        "The address of OpenRouter returned a web page (error 404) instead of an answer.",
        BASE,
        404,
        b"<html>Not Found</html>",
        head=PAGE,
    ),
    "network sign-in": Row(
        "This network asks you to sign in first (hotel.example answered instead).",
        "Open any page in your browser, sign in to the network, then try again.",
        200,
        b'<html><head><meta http-equiv="refresh" content="0;url=http://hotel.example/x"></head>',
        head=PAGE,
    ),
    "gateway": Row(
        "OpenRouter cannot be reached behind its gateway (gateway error 524).",
        ROUTE,
        524,
        b"<html><title>524</title></html>",
        head=PAGE,
    ),
    "refused dial": Row(
        "AI/ML API refused the request: Invalid value for top_p.",
        "Reset the dial Word pool, or set it to a value this provider takes.",
        400,
        {"statusCode": 400, "message": "Invalid value for top_p."},
        AIML,
    ),
    "refused, unnamed": Row(
        "OpenRouter refused the request: Too hot to handle.",
        "Look at “exactly what is sent”, or choose another route.",
        400,
        fault("Too hot to handle."),
    ),
    "refused without a word": Row(
        "OpenRouter refused the request (error 400).",
        "Look at “exactly what is sent”, or choose another route.",
        400,
        b"{}",
    ),
    "server's own error": Row(
        "OpenRouter has an error of its own (error 500): Internal Server Error.",
        ROUTE,
        500,
        fault("Internal Server Error.", 500),
    ),
    "bad upstream": Row(
        "OpenRouter got no good answer from the machine behind it (error 502).",
        ROUTE,
        502,
        b"",
        head=(),
    ),
    "nobody there": Row(
        "OpenRouter is not available just now (error 503): No available model provider.",
        ROUTE,
        503,
        fault("No available model provider.", 503),
    ),
    "upstream too slow": Row(
        "AI/ML API waited too long for the machine behind it (error 504): Generation timeout.",
        ROUTE,
        504,
        {"statusCode": 504, "message": "Generation timeout"},
        AIML,
    ),
    "overloaded": Row(
        "OpenRouter is overloaded (error 529): Overloaded.",
        ROUTE,
        529,
        fault("Overloaded", 529),
    ),
    "request read too slowly": Row(
        "OpenRouter took too long to read the request (error 408).",
        ROUTE,
        408,
        b"",
        head=(),
    ),
    "packed cause": Row(
        "OpenRouter refused the request: temperature must be below 1 (DeepInfra).",
        "Reset the dial Variety, or set it to a value this provider takes.",
        400,
        fault(
            "Provider returned error",
            provider_name="DeepInfra",
            raw=json.dumps({"error": {"message": "temperature must be below 1"}}),
        ),
    ),
    "list of wants": Row(
        "EmpirioLabs refused the request: temperature: Input should be below 2.",
        "Reset the dial Variety, or set it to a value this provider takes.",
        422,
        {"detail": [{"loc": ["body", "temperature"], "msg": "Input should be below 2"}]},
        EMPIRIO,
    ),
    "redirect": Row(
        "127.0.0.1 wants to send you on to login.example.org. Facet did not follow, so your key "
        "and question went nowhere else.",
        "If that is the right place, enter its address as the base URL in Settings, Providers.",
        302,
        b" ",
        head=(("Location", "https://login.example.org/sso"),),
    ),
    "no JSON": Row(
        "The reply of OpenRouter could not be read.",
        "Check the base URL in Settings, Providers, or try another route.",
        200,
        b"Hello, I am a teapot.",
        head=(("Content-Type", "text/plain"),),
    ),
    "silence": Row(
        "OpenRouter did not answer within 0.3 seconds.",
        "Try again; a model that was asleep may need a second call.",
        scenario=Scenario(silence=30),
    ),
    "broken line": Row(
        "The connection to OpenRouter broke.",
        "Try again.",
        scenario=Scenario(reset="after_headers"),
    ),
    "nothing at all": Row(
        "The connection ended before any answer came.",
        "Try again. If it stays so, the conversation may be too long for this model.",
        scenario=Scenario(pieces=(b"",)),
    ),
    "ended in thought": Row(
        "The connection ended while the model was still thinking.",
        "Try again.",
        scenario=Scenario(
            pieces=(b'data: {"choices":[{"index":0,"delta":{"reasoning":"Hm"}}]}\n\n',)
        ),
    ),
    "comma in a stop text": Row(
        "EmpirioLabs takes the texts to stop at as one, separated by commas, so “a,b” with its "
        "comma cannot be sent.",
        "Choose a text to stop at without a comma.",
        route=EMPIRIO,
        parameters=(("stop", ["a,b"]),),
    ),
    "out of range": Row(
        "Word pool (top_p) goes from 0.01 to 1 on this route, not 0.",
        "Reset the dial to leave it to the provider.",
        route=AIML,
        parameters=(("top_p", 0),),
    ),
}


async def outcome_of(sim, closing, row):
    provider, model = row.route
    client = closing(client_at(sim, provider, timeouts=IMPATIENT))
    if row.scenario is not None:
        sim.next(row.scenario)
    elif row.body is not None:
        body = row.body if isinstance(row.body, bytes) else json.dumps(row.body).encode()
        sim.next(Scenario(pieces=(body or b" ",), status=row.status, head=row.head))
    return await ask(client, question(provider, model, parameters=dict(row.parameters)))


@pytest.mark.parametrize("name", ROWS)
async def test_each_failure_says_just_this(sim, closing, name):
    row = ROWS[name]
    outcome = await outcome_of(sim, closing, row)
    assert outcome.error is not None
    assert (outcome.error.message, outcome.error.hint) == (row.says, row.hint)


@pytest.mark.parametrize("name", ROWS)
def test_each_sentence_is_one_a_person_would_say(name):
    for sentence in (ROWS[name].says, ROWS[name].hint):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0] in "“1"
        assert len(sentence) <= 170
        assert not set(sentence) & set("{}<>\\")
        assert "HTTP" not in sentence
        assert "None" not in sentence
        assert ".." not in sentence


async def test_a_picture_for_a_model_that_sees_none_is_refused_before(sim, closing):
    file = Attachment("ab" * 32, "cat.png", "image/png", 4)
    turn = replace(said(Role.USER, ""), parts=(AttachmentPart(file), TextPart("Look")))
    request = replace(question(*OPENROUTER, messages=[turn]), blobs={file.sha256: b"\x89PNG"})
    outcome = await ask(closing(client_at(sim, "openrouter")), request)
    assert outcome.error.message == (
        "Gemma 2 27B at OpenRouter does not take pictures, so “cat.png” cannot be sent."
    )
    assert outcome.error.hint == "Choose a model that takes them, or remove the file."
    assert len(sim.record) == 0


async def test_a_missing_key_is_said_before_anything_is_sent(sim, closing):
    outcome = await ask(closing(client_at(sim, "openrouter", key=None)), question(*OPENROUTER))
    assert outcome.error.message == "There is no key for OpenRouter."
    assert outcome.error.hint == "Add one in Settings, Providers."
