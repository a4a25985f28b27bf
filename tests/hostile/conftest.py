"""The transcript of the real program, shown what nobody should trust."""

from tests.ui.conftest import theme
from tests.ui.transcript.conftest import driver, view, words

__all__ = ["driver", "theme", "view", "words"]
