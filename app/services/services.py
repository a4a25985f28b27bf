"""All services of one running Facet, handed to the window and to the command line."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.conversations.bookmarks import BookmarkService
from app.services.conversations.conversations import ConversationService
from app.services.conversations.maintenance import MaintenanceService
from app.services.conversations.presets import PresetService
from app.services.conversations.search import SearchService
from app.services.costs.bills import BillService
from app.services.costs.calibration import CalibrationService
from app.services.costs.ledger import LedgerService
from app.services.files.attaching import AttachingService
from app.services.generation.generation import GenerationService
from app.services.generation.retry_waits import WaitingService
from app.services.generation.tools import ToolService
from app.services.keys.accounts import AccountService
from app.services.keys.sign_in import SignInService
from app.services.models.discovery import DiscoveryService
from app.services.models.lessons import LessonService
from app.services.models.model_files import ModelFileService
from app.services.models.models import ModelService
from app.services.models.routes import RouteService
from app.services.notices import NoticeService
from app.services.settings import SettingsService
from app.services.tasks import TaskScope


@dataclass(frozen=True, slots=True)
class Services:
    """Made by `bootstrap`; closed by it, in order."""

    conversations: ConversationService
    generation: GenerationService
    models: ModelService
    model_files: ModelFileService
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
    maintenance: MaintenanceService
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
        await self.model_files.close()
        self.search.close()
