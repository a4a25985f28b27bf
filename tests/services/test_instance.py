from pathlib import Path
from typing import Any

from app.services.instance import InstanceService
from app.storage.database.instance_lock import ask_to_raise


def test_a_second_start_asks_the_first_to_come_forward(qtbot: Any, tmp_path: Path) -> None:
    service = InstanceService(tmp_path)
    with qtbot.waitSignal(service.requested, timeout=5000):
        ask_to_raise(tmp_path)
    assert list(tmp_path.iterdir()) == []
