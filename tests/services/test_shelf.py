from pathlib import Path
from typing import Any

import pytest

from app.core.errors import TransferError


async def test_an_export_that_cannot_be_written_says_so(stage: Any, tmp_path: Path) -> None:
    await stage.answered("Fine.")
    conversations = stage.services.conversations
    with pytest.raises(TransferError, match="could not be written"):
        conversations.export(conversations.current.id, "json", tmp_path / "no" / "where.json")
