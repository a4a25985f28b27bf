"""All services of one running Facet, handed to the window and to the command line."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.accounts import AccountService
from app.services.attaching import AttachingService
from app.services.bills import BillService
from app.services.bookmarks import BookmarkService
from app.services.calibration import CalibrationService
from app.services.conversations import ConversationService
from app.services.discovery import DiscoveryService
from app.services.generation import GenerationService
from app.services.ledger import LedgerService
from app.services.lessons import LessonService
from app.services.models import ModelService
from app.services.notices import NoticeService
from app.services.presets import PresetService
from app.services.routes import RouteService
from app.services.search import SearchService
from app.services.settings import SettingsService
from app.services.sign_in import SignInService
from app.services.tasks import TaskScope
from app.services.tools import ToolService
from app.services.waiting import WaitingService


@dataclass(frozen=True, slots=True)
class Services:
    """Made by `bootstrap`; closed by it, in order."""

    conversations: ConversationService
    generation: GenerationService
    models: ModelService
    presets: PresetService
    search: SearchService
    settings: SettingsService
    notices: NoticeService
    accounts: AccountService
    attaching: AttachingService
    bills: BillService
    bookmarks: BookmarkService
    ledger: LedgerService
    lessons: LessonService
    calibration: CalibrationService
    sign_in: SignInService
    discovery: DiscoveryService
    tools: ToolService
    waiting: WaitingService
    routes: RouteService
    scope: TaskScope

    async def close(self) -> None:
        """Stops answers and stores them, then ends every other task, then the connections."""
        await self.generation.close()
        await self.scope.close()
        await self.models.close()
        self.search.close()
