"""The small model that comes with Facet."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from app.engine.model_file import ModelFile

SMALL_MODEL = "small"
"""The id of the model that comes with Facet."""
REPETITION = 1.1
"""Without it the small model writes most poems in a circle until its memory is full."""
FILE_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"


def small_model() -> ModelFile | None:
    """The model that comes with Facet; None where set-up brought none."""
    path = Path(sys.prefix) / "share" / "facet" / "models" / FILE_NAME
    if not path.is_file():
        return None
    return ModelFile(SMALL_MODEL, "Small model", str(path), repetition=REPETITION)


def has_engine() -> bool:
    """Whether the engine is installed; there are systems it is not made for. Imports nothing."""
    return find_spec("xllamacpp") is not None
