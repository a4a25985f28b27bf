"""`facet models` and `facet check`: what can be asked, and whether this installation is sound."""

from __future__ import annotations

import argparse
import asyncio
import platform
from typing import Any

from app import __version__
from app.cli.output import say, say_object
from app.core.model import Model, context_text
from app.core.usage import Price, dollars
from app.paths import Folders
from app.services.suite import Services
from app.storage.database import Database
from app.storage.keys import KeyPlace


async def run_models(services: Services, arguments: argparse.Namespace) -> int:
    """Prints the known models; for one provider its live list, when it has one."""
    models = services.models.models()
    if arguments.provider:
        models = [model for model in models if model.provider_id == arguments.provider]
        profile = services.models.profile(arguments.provider)
        if profile.is_custom or not models:
            models = await services.models.fetch_models(arguments.provider)
    for model in models:
        if arguments.json:
            say_object(_model_object(model))
        else:
            say(f"{model.key:48} {context_text(model.context):>9}  {price_text(model.price)}")
    return 0


async def run_check(
    services: Services, database: Database, folders: Folders, arguments: argparse.Namespace
) -> int:
    """Prints versions, folders, the state of the database and where keys are kept."""
    place: asyncio.Future[KeyPlace] = asyncio.get_running_loop().create_future()
    services.models.place_found.connect(place.set_result)
    services.models.find_place()
    problems = await asyncio.to_thread(database.problems)
    keys = await place
    facts: dict[str, Any] = {
        "facet": __version__,
        "python": platform.python_version(),
        "sqlite": database.sqlite_version,
        "config": str(folders.config),
        "data": str(folders.data),
        "database": "; ".join(problems) or "sound",
        "read_only": database.read_only_reason,
        "conversations": len(services.conversations.summaries()),
        "keychain": keys.name if keys.kind == "keychain" else "none",
        "keys": [
            p.id for p in services.models.profiles() if services.models.key_state(p.id).has_key
        ],
    }
    if arguments.json:
        say_object(facts)
    else:
        for name, value in facts.items():
            say(f"{name:14} {', '.join(value) if isinstance(value, list) else value}")
    return 1 if problems else 0


def price_text(price: Price) -> str:
    """A price in a few words; unknown is said to be unknown."""
    if price.is_per_message and price.per_message is not None:
        return f"{dollars(price.per_message)} per message"
    if price.is_free:
        return "free"
    if price.input_per_million is None or price.output_per_million is None:
        return "price unknown"
    return f"{dollars(price.input_per_million)} / {dollars(price.output_per_million)} per 1M"


def _model_object(model: Model) -> dict[str, Any]:
    price = model.price
    return {
        "provider": model.provider_id,
        "id": model.id,
        "name": model.name,
        "context": model.context,
        "max_output": model.max_output,
        "inputs": list(model.inputs),
        "price": {
            "input_per_million": _number(price.input_per_million),
            "output_per_million": _number(price.output_per_million),
            "per_message": _number(price.per_message),
            "per_search": _number(price.per_search),
        },
        "parameters": sorted(model.parameters),
        "source": model.source,
    }


def _number(amount: Any) -> float | None:
    return None if amount is None else float(amount)
