"""The built-in offline model: manual, word model, sampler, and the transport to reach it."""

from app.practice.picture import reshaped

__all__ = ["reshaped"]
