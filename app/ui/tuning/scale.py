"""Where a value lies on a slider, evenly or by doublings, and to which values it snaps."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The values between `minimum` and `maximum` in steps of `step`.

    With `is_log` equal ways are equal factors (token counts, shortlists), and the step grows with
    the value: an eighth of the power of two below it, never less than `step`.
    """

    minimum: float
    maximum: float
    step: float
    is_log: bool = False

    def position(self, value: float) -> float:
        """The place of a value, 0 to 1; values outside lie at the ends."""
        low, high, value = (
            self._raised(self.minimum),
            self._raised(self.maximum),
            self._raised(value),
        )
        if high <= low:
            return 0.0
        return min(1.0, max(0.0, (value - low) / (high - low)))

    def value(self, position: float) -> float:
        """The value at a place, snapped."""
        position = min(1.0, max(0.0, position))
        low, high = self._raised(self.minimum), self._raised(self.maximum)
        place = low + position * (high - low)
        return self.snapped(2.0**place + self._shift if self.is_log else place)

    def snapped(self, value: float) -> float:
        """The nearest value a slider can stand at."""
        if value >= self.maximum:
            return self.maximum
        step = self._step_at(value)
        origin = 0.0 if self.is_log else self.minimum
        snapped = origin + round((value - origin) / step) * step
        return min(self.maximum, max(self.minimum, round(snapped, 10)))

    def stepped(self, value: float, steps: int) -> float:
        """The value `steps` steps further (negative: back), inside the scale."""
        value = min(self.maximum, max(self.minimum, value))
        if not self.is_log:
            return self.snapped(value + steps * self.step)
        for _ in range(abs(steps)):
            step = self._step_at(value if steps > 0 else value - self.step)
            value = self.snapped(value + (step if steps > 0 else -step))
        return value

    @property
    def decimals(self) -> int:
        """Digits after the point that a value on this scale needs."""
        text = f"{self.step:.6f}".rstrip("0")
        return len(text.partition(".")[2])

    @property
    def _shift(self) -> float:
        return self.minimum - 1 if self.minimum < 1 else 0.0

    def _raised(self, value: float) -> float:
        return math.log2(max(1.0, value - self._shift)) if self.is_log else value

    def _step_at(self, value: float) -> float:
        if not self.is_log or value < 1:
            return self.step
        return max(self.step, float(2 ** (math.floor(math.log2(value)) - 3)))
