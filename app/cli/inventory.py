"""`facet models` and `facet check`: what can be asked, and whether this installation is sound."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
from dataclasses import replace
from datetime import datetime
from typing import Any

from app import __version__
from app.cli.output import KEY_VARIABLE, complain, say, say_object
from app.core.costs.usage import Price, dollars
from app.core.errors import AppError, ProviderError
from app.core.models.model import Model, context_text
from app.paths import Folders
from app.providers.catalogue.catalogue import custom_profile
from app.services.services import Services
from app.storage.database.database import Database
from app.storage.keys.key_store import KeyPlace


async def run_models(services: Services, arguments: argparse.Namespace) -> int:
    """Prints the known models; with `--refresh` after fetching the lists. 1 when one failed.

    An address of one's own whose models are not known is always asked.
    """
    models = services.models
    try:
        provider_id = _address(services, arguments) if arguments.base_url else arguments.provider
    except AppError as error:
        complain(f"{error.message} {error.hint}".rstrip())
        return 2
    if provider_id and os.environ.get(KEY_VARIABLE):
        models.keys.use_for_this_run(provider_id, os.environ[KEY_VARIABLE])
    wanted = [models.profile(provider_id)] if provider_id else models.profiles()
    status = 0
    for profile in wanted:
        is_unknown = profile.is_custom and not models.live.models(profile.id)
        if arguments.refresh or (provider_id and is_unknown):
            if not models.can_refresh(profile.id) and not provider_id:
                continue
            if arguments.refresh:
                models.renew(profile.id)
            try:
                await models.fetch_models(profile.id)
            except ProviderError as error:
                complain(f"{profile.name}: {error.message} {error.hint}".strip())
                status = 1
    known = [model for model in models.models() if provider_id in (None, model.provider_id)]
    for model in known:
        if arguments.json:
            say_object(_model_object(model, models.live.fetched_at(model.provider_id)))
        else:
            gone = "  no longer listed" if model.is_removed else ""
            facts = f"{context_text(model.context):>9}  {price_text(model.price)}{gone}"
            say(f"{model.key:48} {facts}")
    return status


def _address(services: Services, arguments: argparse.Namespace) -> str:
    """The id of an address that is known for this run only; with a provider, asked as that one."""
    profile = custom_profile(arguments.base_url)
    if arguments.provider:
        # Under an id of its own: the provider's list is not that of another address.
        known = services.models.profile(arguments.provider)
        profile = replace(
            known,
            id=profile.id,
            base_url=profile.base_url,
            query=profile.query,
            is_custom=True,
        )
    services.models.addresses.use(profile)
    return profile.id


async def run_check(
    services: Services, database: Database, folders: Folders, arguments: argparse.Namespace
) -> int:
    """Prints versions, folders, the state of the database and where keys are kept."""
    place: asyncio.Future[KeyPlace] = asyncio.get_running_loop().create_future()
    services.models.keys.place_found.connect(place.set_result)
    services.models.keys.find_place()
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
            p.id for p in services.models.profiles() if services.models.keys.state(p.id).has_key
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


def _model_object(model: Model, fetched_at: datetime | None) -> dict[str, Any]:
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
        "abilities": list(model.abilities),
        "is_removed": model.is_removed,
        "expires": model.expires or None,
        "source": model.source,
        "sources": dict(model.sources),
        "fetched_at": None if fetched_at is None else fetched_at.isoformat(),
    }


def _number(amount: Any) -> float | None:
    return None if amount is None else float(amount)
