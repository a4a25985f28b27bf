"""The live picture: ten candidate next words, reshaped by the real formulas while a dial turns."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap

from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.models.parameter import Parameters
from app.ui.theme import Theme
from app.ui.widgets.plain_text import as_plain

Reshaped = Callable[[Parameters], list[tuple[str, float]]]

_BAR_HEIGHT = 46
_GAP = 4
_MILLISECONDS = 90
_TIP_LETTERS = 50
MOST = 10
"""Words there is room for."""


class LastAnswer:
    """The candidates of one place of the last answer, in place of the fixed example."""

    def __init__(self, before: str, candidates: list[tuple[str, float]]) -> None:
        self.before = " ".join(before.split())[-40:]
        self._candidates = candidates[:MOST]

    def __call__(self, parameters: Parameters) -> list[tuple[str, float]]:
        """Their probabilities under these parameters."""
        from app.practice.picture import reshaped_words

        found = reshaped_words(self._candidates, parameters)
        return [(word.replace("\n", "⏎").strip()[:12] or "␣", share) for word, share in found]


def practice_reshaped(parameters: Parameters) -> list[tuple[str, float]]:
    """The probabilities of the fixed example, computed by Practice's sampler."""
    from app.practice.picture import reshaped

    return reshaped(parameters)


class WordPicture(QWidget):
    """Bars of ten words; the tallest fills the height, a word that is cut out keeps a line."""

    def __init__(
        self, theme: Theme, reshaped: Reshaped = practice_reshaped, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reshaped = reshaped
        self._example = reshaped
        self._parameters: Parameters = {}
        self._words: list[tuple[str, float]] = []
        self._drawn: list[float] = []
        self._start: list[float] = []
        self.is_animated = True
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(_MILLISECONDS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._on_animation_moved)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Candidate next words")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def words(self) -> list[tuple[str, float]]:
        """The words and their probabilities as they are now."""
        return list(self._words)

    def show_place(self, place: LastAnswer | None) -> None:
        """Takes the words of a place of the last answer, None for the fixed example."""
        self._reshaped = place or self._example
        self._words = []
        self.show_parameters(self._parameters)

    def show_parameters(self, parameters: Parameters) -> None:
        """Reshapes the bars."""
        self._parameters = parameters
        words = self._reshaped(parameters)
        if words == self._words:
            return
        self._words = words
        shares = ", ".join(f"{word} {share:.0%}" for word, share in words)
        where = "in a fixed example"
        if isinstance(self._reshaped, LastAnswer):
            where = f"in the last answer, after “…{self._reshaped.before}”"
        text = f"How likely each next word is {where}: {shares}"
        self.setToolTip(as_plain("\n".join(wrap(text, _TIP_LETTERS))))
        self.setAccessibleDescription(text)
        heights = self._heights()
        if not self.is_animated or not self.isVisible() or len(self._drawn) != len(heights):
            self._animation.stop()
            self._drawn = heights
        else:
            self._start = self._drawn
            self._animation.stop()
            self._animation.start()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _BAR_HEIGHT + 3 + QFontMetrics(self.font()).height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._words:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            count = len(self._words)
            width = (self.width() - (count - 1) * _GAP) / count
            painter.setFont(self._fitting_font(width + _GAP - 1))
            bar = QColor(self._theme.colour("accent"))
            bar.setAlphaF(0.86)
            ink = self.palette().color(QPalette.ColorRole.WindowText)
            for index, (word, share) in enumerate(self._words):
                x = index * (width + _GAP)
                height = max(1.0, self._drawn[index] * _BAR_HEIGHT)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(bar if share >= 0.005 else self._theme.colour("line"))
                box = QRectF(x, _BAR_HEIGHT - height, width, height)
                radius = min(3.0, height / 2)
                painter.setClipRect(box)
                painter.drawRoundedRect(box.adjusted(0, 0, 0, radius), radius, radius)
                painter.setClipping(False)
                painter.setPen(ink)
                place = QRectF(
                    x - _GAP, _BAR_HEIGHT + 2, width + 2 * _GAP, self.height() - _BAR_HEIGHT
                )
                painter.drawText(
                    place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, word
                )

    def _fitting_font(self, room: float) -> QFont:
        """The font of the words, smaller where the widest would touch its neighbour."""
        font = self.font()
        metrics = QFontMetrics(font)
        widest = max(metrics.horizontalAdvance(word) for word, _ in self._words)
        if widest > room:
            font.setPixelSize(max(6, int(font.pixelSize() * room / widest)))
        return font

    def _heights(self) -> list[float]:
        tallest = max((share for _, share in self._words), default=0.0)
        return [share / tallest if tallest > 0 else 0.0 for _, share in self._words]

    def _on_animation_moved(self, progress: float) -> None:
        heights = self._heights()
        if len(self._start) == len(heights):
            self._drawn = [
                old + (new - old) * progress for old, new in zip(self._start, heights, strict=True)
            ]
            self.update()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(10))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.colour("muted"))
        self.setPalette(palette)
        self.updateGeometry()
        self.update()
