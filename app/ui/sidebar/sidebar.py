"""The left zone: the name, a new conversation, search, the list, settings and this month's cost."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.commands.registry import Registry
from app.core.conversations.conversation import ConversationSummary
from app.core.costs.spending import Spending
from app.core.text.fuzzy import score
from app.ui.ledger.cost_text import short_text, summary_text
from app.ui.sidebar.conversation_list_model import ConversationListModel
from app.ui.sidebar.conversation_list_view import ConversationListView
from app.ui.sidebar.result_delegate import ResultDelegate
from app.ui.sidebar.result_list_model import Result, ResultListModel, ResultRole
from app.ui.sidebar.search_field import SearchField
from app.ui.theme import Theme
from app.ui.window.actions import Actions, CommandButton, key_text

SEARCH_DELAY = 120
"""Milliseconds after the last key before the database is asked."""
TITLES_SHOWN = 5
_FOOT_SPACE = 28
"""Pixels of the foot row that are not its two buttons: margins and the gap between them."""


class Sidebar(QFrame):
    """Everything left of the transcript. Holds no data of its own but what it was last given.

    `opened(conversation id, message id or "", found word or "")`, `renamed(id, title)`,
    `pin_asked(id, wanted)`, `export_asked(id)`, `delete_asked(id)`, `searched(query)`.
    """

    opened = Signal(str, str, str)
    renamed = Signal(str, str)
    pin_asked = Signal(str, bool)
    export_asked = Signal(str)
    delete_asked = Signal(str)
    searched = Signal(str)

    def __init__(self, theme: Theme, registry: Registry, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self._registry = registry
        self._summaries: list[ConversationSummary] = []
        self._current = ""
        self._spending = Spending()
        self.setProperty("look", "zone")
        self.model = ConversationListModel(date.today, self)
        self.list = ConversationListView(theme, self.model)
        self.results = ResultListModel()
        self.result_list = QListView()
        self.search = SearchField(
            theme, key_text(registry.command("view.palette")).replace("+", " ")
        )
        self._hint = QLabel("Your conversations will be listed here.")
        self._nothing = QLabel("Nothing found.")
        self._pages = QStackedWidget()
        self._menu = QMenu(self)
        self._timer = QTimer(self)
        self._build(actions)
        self._listen()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_page()

    def set_summaries(self, summaries: list[ConversationSummary]) -> None:
        """Takes over the list of conversations."""
        self._summaries = summaries
        self.model.set_summaries(summaries)
        self.list.select(self._current)
        self._show_page()

    def set_current(self, conversation_id: str) -> None:
        """Marks the open conversation."""
        self._current = conversation_id
        self.model.mark_unread(conversation_id, is_unread=False)
        self.list.select(conversation_id)

    def set_hits(self, query: str, results: list[Result]) -> None:
        """Shows what the database found, unless another search was begun meanwhile."""
        if query == self.search.text().strip():
            self.results.set_results([*self._titles(query), *results])
            self._show_page()
            if self.results.rowCount():
                self.result_list.setCurrentIndex(self.results.index(0))

    def set_month(self, spending: Spending) -> None:
        """Says what this month has cost so far; unknown costs are counted, never taken as 0."""
        self._spending = spending
        self._month.setAccessibleName(f"Costs: {short_text(spending)}")
        self._month.setToolTip(f"{summary_text('This month', spending)}\nOpens the costs")
        self._fit_month()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_month()

    def begin_search(self) -> None:
        """Puts the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _build(self, actions: Actions) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._brand_row(actions))
        box = QHBoxLayout()
        box.setContentsMargins(12, 0, 12, 8)
        box.addWidget(self.search)
        column.addLayout(box)
        self.result_list.setProperty("look", "bare")
        self.result_list.setAccessibleName("Search results")
        self.result_list.setModel(self.results)
        self.result_list.setItemDelegate(ResultDelegate(self._theme, self.result_list))
        self.result_list.setMouseTracking(True)
        self.result_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for label in (self._hint, self._nothing):
            label.setProperty("look", "muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            label.setContentsMargins(18, 12, 18, 12)
        for page in (self.list, self.result_list, self._hint, self._nothing):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        line = QFrame()
        line.setProperty("look", "line")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addLayout(self._foot_row(actions))

    def _brand_row(self, actions: Actions) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 10, 12)
        row.setSpacing(8)
        self._gem = QLabel()
        self._name = QLabel("Facet")
        self._more = CommandButton(self._theme, actions.action("view.menu_bar"))
        self._more.clicked.disconnect()
        self._more.setPopupMode(CommandButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu)
        self._menu.aboutToHide.connect(self._on_menu_hidden)
        self._more.setAccessibleName("Menu")
        self._more.setToolTip("Menu (F10 shows it as a bar)")
        row.addWidget(self._gem)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._more)
        row.addWidget(CommandButton(self._theme, actions.action("conversation.new")))
        for menu in actions.menus(self):
            self._menu.addMenu(menu)
        return row

    def _foot_row(self, actions: Actions) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 3, 12, 3)
        row.setSpacing(0)
        self._settings = QPushButton("Settings")
        self._settings.setProperty("look", "foot")
        self._settings.setToolTip(actions.action("application.settings").toolTip())
        self._settings.setAccessibleName("Settings")
        self._settings.clicked.connect(actions.action("application.settings").trigger)
        self._month = QPushButton()
        self._month.setProperty("look", "foot")
        self._month.setAccessibleName("Costs")
        self._month.clicked.connect(actions.action("application.ledger").trigger)
        row.addWidget(self._settings)
        row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(self._month)
        return row

    def _fit_month(self) -> None:
        """Leaves `this month` away where there is no room for it: words are never cut."""
        for is_brief in (False, True):
            self._month.setText(short_text(self._spending, is_brief=is_brief))
            needed = self._settings.sizeHint().width() + self._month.sizeHint().width()
            if needed + _FOOT_SPACE <= self.width():
                break

    def _listen(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY)
        self._timer.timeout.connect(self._on_search_due)
        self.search.textChanged.connect(self._on_search_edited)
        self.search.moved.connect(self._on_search_moved)
        self.search.left.connect(self._on_search_left)
        self.search.returnPressed.connect(self._on_search_entered)
        self.result_list.clicked.connect(self._on_result_chosen)
        self.result_list.activated.connect(self._on_result_chosen)
        self.list.opened.connect(self._on_list_opened)
        self.list.pin_asked.connect(self.pin_asked)
        self.list.export_asked.connect(self.export_asked)
        self.list.delete_asked.connect(self.delete_asked)
        self.model.renamed.connect(self.renamed)

    def _titles(self, query: str) -> list[Result]:
        """The conversations whose title answers the query, best first."""
        rated = [(score(query, summary.title), summary) for summary in self._summaries]
        found = [(value, summary) for value, summary in rated if value is not None and value >= 2.9]
        found.sort(key=lambda pair: -pair[0])
        return [Result(s.id, s.title, s.updated_at) for _, s in found[:TITLES_SHOWN]]

    def _show_page(self) -> None:
        if self.search.text().strip():
            page: QWidget = self.result_list if self.results.rowCount() else self._nothing
        else:
            page = self.list if self._summaries else self._hint
        self._pages.setCurrentWidget(page)

    def _on_menu_hidden(self) -> None:
        """The button hears of no pointer that leaves it while its menu is open."""
        is_under = self._more.rect().contains(self._more.mapFromGlobal(QCursor.pos()))
        self._more.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, is_under)
        self._more.update()

    def _on_search_edited(self) -> None:
        if self.search.text().strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.results.set_results([])
            self._show_page()

    def _on_search_due(self) -> None:
        query = self.search.text().strip()
        if query:
            self.searched.emit(query)

    def _on_search_moved(self, step: int) -> None:
        count = self.results.rowCount()
        if not self.search.text().strip():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif count:
            row = max(0, min(count - 1, self.result_list.currentIndex().row() + step))
            self.result_list.setCurrentIndex(self.results.index(row))

    def _on_search_entered(self) -> None:
        self._on_result_chosen(self.result_list.currentIndex())

    def _on_search_left(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_result_chosen(self, index: QModelIndex) -> None:
        result = index.data(ResultRole.RESULT) if index.isValid() else None
        if isinstance(result, Result):
            self.opened.emit(result.conversation_id, result.message_id, result.word)

    def _on_list_opened(self, conversation_id: str) -> None:
        self.opened.emit(conversation_id, "", "")

    def _on_theme_changed(self) -> None:
        theme = self._theme
        self._gem.setPixmap(theme.pixmap("gem", "accent", theme.px(18)))
        self._name.setFont(theme.font(16, QFont.Weight.DemiBold))
        self._more.setIcon(theme.icon("ellipsis", "muted", theme.px(18)))
        self._more.setIconSize(QSize(theme.px(18), theme.px(18)))
        self._settings.setIcon(theme.icon("settings", "muted", theme.px(16)))
        self._settings.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._fit_month()
        self.list.doItemsLayout()
