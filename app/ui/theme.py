"""Colours, fonts and icons of the window in one place, so that all themes agree."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from app.ui.colours import DARK, HIGH_CONTRAST, LIGHT
from app.ui.stylesheet import palette, style_sheet

TEXT_SIZE = 14
CODE_SIZE = 13
SMALL_SIZE = 12


class Theme(QObject):
    """What things look like now. `changed` says that colours or sizes are others than before."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.colours = LIGHT
        self._choice = "system"
        self.text_zoom = 1.0
        self.has_motion = True
        """Whether things may move that nobody moves; what is drawn next goes by it."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)
        self.choose("system")

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return self.colours is not LIGHT

    @property
    def is_high_contrast(self) -> bool:
        """Whether grounds and colours alone must not part or mark anything: lines do."""
        return self.colours is HIGH_CONTRAST

    def choose(self, choice: str) -> None:
        """Follows the system, or is `light`, `dark` or `contrast` whatever the system says."""
        self._choice = choice
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        colours = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}.get(
            choice, DARK if dark else LIGHT
        )
        if colours is not self.colours:
            self.colours = colours
            self.changed.emit()

    def colour(self, name: str) -> QColor:
        """A colour by its name in `Colours`."""
        return QColor(getattr(self.colours, name))

    def zoom(self, factor: float) -> None:
        """Draws all text at this multiple of its size, 0.5 to 3."""
        factor = min(3.0, max(0.5, factor))
        if factor != self.text_zoom:
            self.text_zoom = factor
            self.changed.emit()

    def px(self, size: float) -> int:
        """A length that must grow with the text, in pixels."""
        return max(1, round(size * self.text_zoom))

    def apply(self, application: QApplication) -> None:
        """Gives standard widgets (menus, fields, scroll bars, tooltips) these colours and sizes."""
        if not application.styleSheet():
            application.setStyle("Fusion")
        application.setFont(self.font())
        application.setPalette(palette(self.colours))
        application.setStyleSheet(style_sheet(self.colours, self.text_zoom))

    def font(self, size: float = TEXT_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Inter, `size` in pixels before the text zoom."""
        _load_fonts()
        font = QFont("Inter")
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def written(self, size: float = TEXT_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The same for what people and models wrote: each character is seen, `->` is no arrow."""
        return _without_ligatures(self.font(size, weight))

    def mono(self, size: float = CODE_SIZE) -> QFont:
        """JetBrains Mono, `size` in pixels before the text zoom; each character is seen."""
        _load_fonts()
        font = QFont("JetBrains Mono")
        font.setPixelSize(self.px(size))
        font.setStyleHint(QFont.StyleHint.Monospace)
        return _without_ligatures(font)

    def pixmap(self, name: str, colour: str = "muted", size: int = 18) -> QPixmap:
        """A Lucide icon in a colour of the theme, sharp at the screen's pixel ratio."""
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen else 1.0
        return _tinted(name, getattr(self.colours, colour), size, ratio)

    def icon(self, name: str, colour: str = "muted", size: int = 18) -> QIcon:
        """The same as a QIcon."""
        return QIcon(self.pixmap(name, colour, size))

    def emblem(self, size: int = 256) -> QIcon:
        """The icon of the program itself."""
        return QIcon(_drawn((files("resources") / "icon.svg").read_bytes(), size, 1.0))

    def _on_scheme_changed(self) -> None:
        self.choose(self._choice)


def _without_ligatures(font: QFont) -> QFont:
    for feature in ("calt", "liga"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


@lru_cache(1)
def _load_fonts() -> None:
    with as_file(files("resources") / "fonts") as folder:
        for entry in sorted(folder.iterdir()):
            if entry.suffix in (".otf", ".ttf"):
                QFontDatabase.addApplicationFont(str(entry))


@lru_cache(512)
def _tinted(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    source = (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return _drawn(source.replace("currentColor", colour).encode(), size, ratio)


def _drawn(source: bytes, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(source)
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        # Without bounds Qt takes the pixmap's own pixels for them, and scales once more.
        renderer.render(painter, QRectF(0, 0, size, size))
    return pixmap
