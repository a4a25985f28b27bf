"""The composition root: makes every service on the opened history and closes all in order."""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.core.conversations.conversation import Message
from app.core.models.provider import PRACTICE, THIS_COMPUTER, Provider
from app.crashes import guard
from app.logs import report_of, set_up
from app.paths import Folders, folders
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.profile import ProviderProfile
from app.services.conversations.bookmarks import BookmarkService
from app.services.conversations.conversation_store import ConversationStore
from app.services.conversations.conversations import ConversationService
from app.services.conversations.maintenance import MaintenanceService
from app.services.conversations.presets import PresetService
from app.services.conversations.search import SearchService
from app.services.costs.bills import BillService
from app.services.costs.calibration import CalibrationService
from app.services.costs.ledger import LedgerService
from app.services.files.attaching import AttachingService
from app.services.generation.generated_pictures import MadePictures
from app.services.generation.generation import GenerationService
from app.services.generation.request_files import Sending
from app.services.generation.retry_waits import WaitingService
from app.services.generation.tools import ToolService
from app.services.keys.accounts import AccountService
from app.services.keys.sign_in import SignInService
from app.services.models.discovery import DiscoveryService
from app.services.models.lessons import LessonService
from app.services.models.live_lists import LiveLists
from app.services.models.model_files import ModelFileService
from app.services.models.models import ClientMaker, ModelService
from app.services.models.routes import RouteService
from app.services.notices import Notice, NoticeService
from app.services.services import Services
from app.services.settings import SettingsService
from app.services.tasks import TaskScope
from app.settings.file import SettingsFile
from app.storage.conversations.bookmarks import BookmarkRepository
from app.storage.conversations.conversations import ConversationRepository
from app.storage.conversations.deleted import DeletedConversations
from app.storage.conversations.drafts import DraftRepository
from app.storage.conversations.journal import Journal
from app.storage.costs.bills import BillRepository
from app.storage.costs.estimates import EstimateRepository
from app.storage.costs.ledger import Ledger
from app.storage.database.database import Database
from app.storage.files.attachments import AttachmentStore
from app.storage.keys.key_store import KeyStore
from app.storage.models.lessons import LessonRepository
from app.storage.models.live_lists import LiveListRepository
from app.storage.models.measured import Measurements
from app.storage.models.presets import PresetRepository
from app.storage.models.tools import ToolRepository
from app.storage.search.search_index import SearchIndex

log = logging.getLogger("facet.start")


@dataclass(frozen=True, slots=True)
class Core:
    """What window and command line share: the database, the services, and what recovery found."""

    folders: Folders
    database: Database
    services: Services
    recovered: list[Message]


@dataclass(frozen=True, slots=True)
class ClientFactory:
    """Makes the clients of providers; the network's libraries are imported with the first one.

    `practice_pace` is in tokens a second, 0 for as fast as it goes, None for a reader's pace.
    """

    settings: SettingsService
    files: ModelFileService
    practice_pace: float | None = None
    lessons: LessonService | None = None

    def __call__(self, profile: ProviderProfile, key: str | None) -> Provider:
        """A client for this provider; without a key it can still say what would be sent."""
        from app.providers.client import Client
        from app.providers.transport.http import LOADING

        if profile.id == PRACTICE:
            from app.practice.transport import practice_transport

            return Client(profile, transport=practice_transport(self.practice_pace))
        if profile.id == THIS_COMPUTER:
            from app.engine.transport import EngineTransport

            transport = EngineTransport(self.files.engine, self.files.files)
            return Client(profile, transport=transport, timeouts=LOADING)
        return Client(
            profile,
            key=key,
            attribution=bool(self.settings.value("privacy.attribution")),
            habits=self.lessons.habits(profile.id) if self.lessons is not None else None,
        )


def shrink(data: bytes, size: tuple[int, int] | None) -> bytes | None:
    """Makes a picture smaller; what draws is imported with the first one."""
    from app.ui.composer.picture_shrinking import shrunk

    return shrunk(data, size)


@contextmanager
def opened_database(places: Folders) -> Iterator[Database]:
    """The history, closed again in the end. Raises StorageError when it cannot be used."""
    database = Database.open(places.database)
    try:
        yield database
    finally:
        database.close()


def make_core(
    places: Folders,
    database: Database,
    *,
    recover: bool,
    practice_pace: float | None = None,
    make_client: ClientMaker | None = None,
    settings_file: SettingsFile | None = None,
) -> Core:
    """Makes the services on an open database; must be called while the loop runs.

    `recover` folds answers that a Facet which ended left unfinished: for the one window only.
    `make_client` takes the place of the network; `settings_file` is one that was read already.
    """
    notices = NoticeService()
    settings_file = settings_file or SettingsFile(places.settings)
    settings = SettingsService(settings_file)
    settings.unwritten.connect(notices.report)
    scope = TaskScope(notices.report)
    journal = Journal(database)
    recovered = journal.recover() if recover and not database.is_read_only else []
    attachments = AttachmentStore(places.attachments, database)
    store = ConversationStore(
        ConversationRepository(database),
        DraftRepository(database),
        DeletedConversations(database),
        attachments,
        Ledger(database),
        Sending(attachments, shrink, lambda: int(settings.value("sending.picture_side"))),
    )
    generation = GenerationService(
        journal, TaskScope(notices.report), notices, MadePictures(attachments)
    )
    lessons = LessonService(LessonRepository(database), scope)
    generation.noticed.connect(lessons.note)
    generation.finished.connect(lessons.note_answered)
    files = ModelFileService(places.logs, is_guest=not recover)
    clients = make_client or ClientFactory(settings, files, practice_pace, lessons)
    catalogue = Catalogue.bundled()
    live = LiveLists(LiveListRepository(database), catalogue, scope)
    models = ModelService(catalogue, KeyStore(), settings, clients, live, scope, lessons)
    presets = PresetService(PresetRepository(database), scope)
    tools = ToolService(ToolRepository(database), scope)
    conversations = ConversationService(
        store, generation, models, presets, tools, settings, notices, scope
    )
    bills = BillService(BillRepository(database), models, conversations, scope)
    generation.finished.connect(bills.watch)
    bills.confirmed.connect(conversations.take_in)
    calibration = CalibrationService(EstimateRepository(database), scope)
    conversations.turns.asked.connect(calibration.note_asked)
    generation.finished.connect(calibration.note_answered)
    search = SearchService(SearchIndex(database), scope)
    for text in (settings_file.notice, database.read_only_reason, *models.addresses.troubles):
        if text:
            notices.show(Notice(text, "warn"))
    services = Services(
        conversations=conversations,
        generation=generation,
        models=models,
        presets=presets,
        search=search,
        settings=settings,
        notices=notices,
        accounts=AccountService(models, scope),
        attaching=AttachingService(attachments, shrink, notices, scope),
        bills=bills,
        bookmarks=BookmarkService(BookmarkRepository(database), scope),
        lessons=lessons,
        maintenance=MaintenanceService(store, database, conversations, generation, notices, scope),
        model_files=files,
        ledger=LedgerService(store.ledger, models),
        calibration=calibration,
        sign_in=SignInService(models, scope),
        discovery=DiscoveryService(scope),
        routes=RouteService(models, Measurements(database), scope),
        tools=tools,
        waiting=WaitingService(conversations, generation, scope),
        scope=scope,
    )
    return Core(places, database, services, recovered)


@asynccontextmanager
async def opened_core(
    places: Folders,
    *,
    recover: bool,
    practice_pace: float | None = None,
    settings_file: SettingsFile | None = None,
) -> AsyncIterator[Core]:
    """The services on the history, as `make_core` makes them; what was opened last closes first.

    Raises StorageError when the history cannot be used; nothing is left open then.
    """
    with opened_database(places) as database:
        core = make_core(
            places,
            database,
            recover=recover,
            practice_pace=practice_pace,
            settings_file=settings_file,
        )
        try:
            yield core
        finally:
            await core.services.close()


def run_command(arguments: argparse.Namespace) -> int:
    """Runs one command of the command line; the result is its exit status."""
    places = folders(arguments.profile)
    set_up(places)
    guard(places.logs)
    if getattr(arguments, "no_store", False):
        with tempfile.TemporaryDirectory(prefix="facet-") as passing:
            passing_places = replace(places, data=Path(passing))
            return asyncio.run(_command(arguments, passing_places))
    return asyncio.run(_command(arguments, places))


async def _command(arguments: argparse.Namespace, places: Folders) -> int:
    from app.cli import ask, costs, history, inventory, output

    def on_unforeseen(_loop: object, context: dict[str, Any]) -> None:
        log.error("%s", report_of(context))
        output.complain(f"Facet made a mistake. What happened is written in {places.logs}.")

    asyncio.get_running_loop().set_exception_handler(on_unforeseen)
    async with opened_core(places, recover=False, practice_pace=0) as core:
        match arguments.command:
            case "ask":
                return await ask.run(core.services, arguments)
            case "list":
                return await history.run_list(core.services, arguments)
            case "search":
                return await history.run_search(core.services, arguments)
            case "export":
                return await history.run_export(core.services, arguments)
            case "costs":
                return await costs.run_costs(core.services, arguments)
            case "models":
                return await inventory.run_models(core.services, arguments)
            case _:
                return await inventory.run_check(core.services, core.database, places, arguments)
