"""The middle zone: header, transcript, notices and composer, kept in step with the services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.commands.registry import Registry
from app.core.conversations.attachment import Attachment
from app.core.conversations.bookmark import Bookmark
from app.core.conversations.conversation import Message, MessageState, Role
from app.core.errors import AppError
from app.core.models.provider import BUILT_IN
from app.services.keys.keys import KEYCHAIN_AWAITED
from app.services.notices import Notice
from app.services.services import Services
from app.ui.composer.composer import Composer
from app.ui.composer.incoming_files import Intake
from app.ui.composer.setting_chips import chips
from app.ui.conversation.announcing import Announcing
from app.ui.conversation.bookmarks import Bookmarks
from app.ui.conversation.estimate import Estimate
from app.ui.conversation.file_support import Fitting
from app.ui.conversation.find import FindInChat
from app.ui.conversation.header import Header
from app.ui.conversation.retry_cards import RetryCards
from app.ui.theme import Theme
from app.ui.tools.answer_strip import AnswerStrip
from app.ui.tools.answering import Answering
from app.ui.transcript.painting.flash import Flash
from app.ui.transcript.view import TranscriptView
from app.ui.window.actions import Actions
from app.ui.window.notice_bar import NoticeBar

COMPOSER_WIDTH = 832
"""How wide the composer gets at most, px: the text column with its edges."""

EMPTY_STATE = [
    (
        "Try Practice",
        "It answers offline and without a key; a question is put in the box",
        "sparkles",
        "composer.example",
    ),
    (
        "Connect a provider",
        "With a key of your own, for the large models",
        "plug",
        "application.providers",
    ),
    ("Read the manual", "What each dial does, in plain words", "book-open", "application.manual"),
]
CONNECTED_STATE = [
    ("Choose a model", "Of the providers that you connected", "gem", "model.choose"),
    ("Attach files", "Pictures, PDF files, texts", "paperclip", "composer.attach"),
    EMPTY_STATE[-1],
]
"""The same where a provider is connected."""


class ConversationView(QWidget):
    """Shows the conversation being read and passes on what the user does with it.

    `state_changed` says that what can be done now may be another set than before. `unfinished`
    says what stands in a dial and could not be sent: then nothing is.
    """

    state_changed = Signal()
    picker_asked = Signal()

    def __init__(
        self, services: Services, registry: Registry, theme: Theme, actions: Actions
    ) -> None:
        super().__init__()
        self._services = services
        self._registry = registry
        self._theme = theme
        self.unfinished: Callable[[], str] = str
        self.header = Header(theme, actions)
        self.transcript = TranscriptView(theme)
        self.notices = NoticeBar(theme)
        self.answers = AnswerStrip(theme)
        self.composer = Composer(theme)
        self._show_cards()
        services.models.keys.changed.connect(self._show_cards)
        services.models.listed.connect(self._show_cards)
        reader = registry.command("message.read")
        self.transcript.set_message_commands([(reader.id, reader.title)])
        self.transcript.pictures.source = services.conversations.file_bytes
        self.transcript.pictures.later = services.attaching.shrink_later
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.transcript, 1)
        below = QVBoxLayout()
        below.setSpacing(0)
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 0, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(self.notices)
        bar.addWidget(self.answers)
        below.addLayout(bar)
        below.addWidget(self.composer)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(below, 1000)
        row.addStretch(1)
        column.addLayout(row)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.intake = Intake(services, self.composer)
        self.estimate = Estimate(services, self.composer)
        self.estimate.first_read.connect(self.transcript.set_first_read)
        self.answering = Answering(services, self.answers, self.composer)
        self.bookmarks = Bookmarks(services.bookmarks, self.transcript)
        self.retry_cards = RetryCards(services, self.transcript)
        self.fitting = Fitting(services, self.composer)
        self.flash: Flash | None = None
        self.finder = FindInChat(theme, actions, self.transcript, column)
        self.finder.toggled.connect(self.state_changed)
        self.announcing = Announcing(services, self.transcript)
        self._listen_to_services()
        self._listen_to_widgets()

    def show_conversation(self) -> None:
        """Shows the conversation being read, from the services, with its draft."""
        conversations = self._services.conversations
        self.composer.end_edit()
        self.show_branch(self.bookmarks.turn_to(conversations.current.id))
        draft = conversations.draft()
        self.composer.set_draft(draft.text, list(draft.attachments))
        self._name_choice()
        self.show_running()

    def show_branch(self, bookmark: Bookmark | None = None) -> None:
        """Shows the branch being read, at a place or where it was."""
        conversations = self._services.conversations
        branch = conversations.branch()
        places = conversations.sibling_places()
        self.transcript.set_branch(branch, places, bookmark)
        self.retry_cards.show()
        self.fitting.show()
        self.estimate.show_next()

    def show_choice(self) -> None:
        """Shows the chosen model and dials in header and composer."""
        self._name_choice()
        self.estimate.show()

    def _name_choice(self) -> None:
        current = self._services.conversations.current
        models = self._services.models
        model = models.model(current.provider_id, current.model_id)
        try:
            provider = models.profile(current.provider_id).name
        except AppError:
            provider = f"{current.provider_id} (removed)"
        self.header.set_model(model, provider)
        self.composer.set_model_name(model.name)
        self.composer.set_chips(chips(current, self._services.presets.presets()))

    def _show_cards(self) -> None:
        """Offers what fits an empty page now: nobody connects what is connected."""
        models = self._services.models
        is_connected = any(
            profile.id not in BUILT_IN and models.can_answer(profile.id)
            for profile in models.profiles()
        )
        self.transcript.set_empty_state(CONNECTED_STATE if is_connected else EMPTY_STATE)

    def show_running(self) -> None:
        """Turns Send into Stop while an answer is being written here."""
        self.composer.set_running(self.is_running())
        self.state_changed.emit()

    def is_running(self) -> bool:
        """Whether an answer is being written in the conversation being read."""
        return self._services.generation.is_running(self._services.conversations.current.id)

    def can_stop(self) -> bool:
        """Whether an answer is being written here, or a question is on its way."""
        conversations = self._services.conversations
        return self.is_running() or conversations.turns.is_asking(conversations.current.id)

    def last_message(self, role: Role) -> Message | None:
        """The last message of this role on the branch, or None."""
        branch = reversed(self._services.conversations.branch())
        return next((message for message in branch if message.role is role), None)

    def edit_last(self) -> None:
        """Takes the last question back into the composer."""
        message = self.last_message(Role.USER)
        if message is not None:
            self.composer.begin_edit(message.id, message.text, message.attachments)

    def retry_last(self) -> None:
        """Asks for the last answer again."""
        message = self.last_message(Role.ASSISTANT)
        if message is not None:
            self._services.conversations.retry(message.id)

    def last_picture(self) -> Attachment | None:
        """The last picture on the branch, or None."""
        files = [file for file in self._services.conversations.files() if file.is_image]
        return files[-1] if files else None

    def open_picture(self, sha256: str = "") -> None:
        """Shows a picture of the branch large, the last one when none is named."""
        from app.ui.widgets.picture_dialog import PictureDialog

        files = [file for file in self._services.conversations.files() if file.is_image]
        file = next((file for file in files if file.sha256 == sha256), self.last_picture())
        if file is None:
            return
        beside = self._services.attaching.beside

        def show(data: bytes) -> None:
            PictureDialog(file, data, self._theme, self.window(), later=beside).open()

        beside(partial(self._services.conversations.attachment_bytes, file), show)

    def last_file(self) -> Attachment | None:
        """The last file on the branch that is no picture, or None."""
        files = [file for file in self._services.conversations.files() if not file.is_image]
        return files[-1] if files else None

    def open_file(self, sha256: str = "") -> None:
        """Shows a file of the branch as text, the last that is no picture when none is named."""
        from app.ui.widgets.text_file_dialog import TextFileDialog

        conversations = self._services.conversations
        file = next((f for f in conversations.files() if f.sha256 == sha256), self.last_file())
        if file is None:
            return

        def show(data: bytes) -> None:
            TextFileDialog(file, data, self._theme, self.window()).open()

        self._services.attaching.beside(partial(conversations.attachment_bytes, file), show)

    def copy_last(self) -> None:
        """Puts the last answer on the clipboard, and says so."""
        message = self.last_message(Role.ASSISTANT)
        if message is not None:
            indexes = self.transcript.state.column.indexes
            self.transcript.interaction.copies.copy_message(indexes[message.id])

    def walk(self, step: int) -> None:
        """Moves the ring and the keyboard to the message above (-1) or below (1)."""
        self.transcript.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.transcript.walk(step)

    def show_hit(self, message_id: str, word: str = "") -> None:
        """Shows a message that was searched for, at a word in it, and lights it up once."""
        from app.ui.transcript.painting.flash import Flash
        from app.ui.transcript.search.reveal import Reveal

        transcript = self.transcript
        state, viewport = transcript.state, transcript.visible_part
        transcript.show_message(message_id)
        reveal = Reveal(state, viewport, transcript.position, transcript.interaction.folding)
        reveal.show_word(message_id, word)
        if self.flash is None:
            self.flash = Flash(state, viewport)
        self.flash.start(message_id, is_steady=not self._theme.has_motion)

    def show_sibling(self, step: int) -> None:
        """Shows another version of the message with the focus, or else of the last that has
        several."""
        conversations = self._services.conversations
        focused = self.transcript.focused_message()
        if focused:
            conversations.show_sibling(focused, step)
            return
        places = conversations.sibling_places()
        for message_id in reversed(conversations.branch().ids):
            if message_id in places:
                conversations.show_sibling(message_id, step)
                return

    def _listen_to_services(self) -> None:
        conversations, generation = self._services.conversations, self._services.generation
        conversations.branch_changed.connect(self._on_branch_changed)
        conversations.message_added.connect(self._on_message_added)
        conversations.message_replaced.connect(self._on_message_replaced)
        conversations.choice_changed.connect(self._on_choice_changed)
        conversations.unsent.connect(self._on_unsent)
        conversations.turns.stopped.connect(self.show_running)
        generation.started.connect(self._on_started)
        generation.text_added.connect(self._on_text_added)
        generation.text_replaced.connect(self._on_text_replaced)
        generation.reasoning_added.connect(self._on_reasoning_added)
        generation.noticed.connect(self._on_noticed)
        self._services.models.keys.keychain_awaited.connect(self._on_keychain_awaited)
        generation.ended.connect(self._on_ended)
        self._services.notices.raised.connect(self._on_notice_raised)
        self._services.settings.changed.connect(self._on_setting_changed)
        self._on_setting_changed("reading.follow")
        self._on_setting_changed("reading.questions")

    def _listen_to_widgets(self) -> None:
        transcript, composer = self.transcript, self.composer
        conversations = self._services.conversations
        self.header.model_pressed.connect(self.picker_asked)
        self.notices.acted.connect(self._on_command_requested)
        transcript.link_opened.connect(self._on_link_opened)
        transcript.retry_requested.connect(conversations.retry)
        transcript.edit_requested.connect(self._on_edit_requested)
        transcript.sibling_requested.connect(conversations.show_sibling)
        transcript.continue_requested.connect(conversations.continue_answer)
        transcript.keep_requested.connect(conversations.keep)
        transcript.copy_done.connect(self._on_copy_done)
        transcript.save_failed.connect(self._services.notices.report)
        bar = transcript.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range_changed)
        self._on_range_changed(bar.minimum(), bar.maximum())
        transcript.command_requested.connect(self._on_command_requested)
        transcript.details_requested.connect(self._on_details_requested)
        composer.submitted.connect(self._on_submitted)
        composer.edited.connect(self._on_edited)
        composer.stopped.connect(conversations.stop)
        composer.draft_changed.connect(self._on_draft_changed)
        composer.edit_last_requested.connect(self.edit_last)
        composer.command_requested.connect(self._on_command_requested)

    def _on_theme_changed(self) -> None:
        self.composer.setMaximumWidth(self._theme.px(COMPOSER_WIDTH))
        for strip in (self.notices, self.answers):
            strip.setMaximumWidth(self._theme.px(COMPOSER_WIDTH) - 32)

    def _on_setting_changed(self, key: str) -> None:
        if key == "reading.follow":
            self.transcript.position.follow = self._services.settings.value(key)
        elif key == "reading.questions":
            self.transcript.set_reads_questions(bool(self._services.settings.value(key)))

    def _on_range_changed(self, least: int, most: int) -> None:
        """Where nothing can be scrolled the bar keeps its place and shows no thumb."""
        self.transcript.verticalScrollBar().setEnabled(most > least)

    def _is_current(self, message_id: str) -> bool:
        current = self._services.conversations.current.id
        return self._services.generation.running_message(current) == message_id

    def _on_branch_changed(self) -> None:
        self.show_branch()
        self.show_running()

    def _on_message_added(self, message: Message) -> None:
        place = self._services.conversations.sibling_place(message.id)
        self.transcript.append(message, place)
        self.show_running()

    def _on_message_replaced(self, message: Message) -> None:
        self.transcript.replace(message)
        self.state_changed.emit()

    def _on_choice_changed(self) -> None:
        self.show_choice()
        self.state_changed.emit()

    def _on_unsent(
        self, conversation_id: str, text: str, attachments: Sequence[Attachment]
    ) -> None:
        if conversation_id == self._services.conversations.current.id:
            self.composer.set_draft(text, list(attachments))

    def _on_started(self, message_id: str) -> None:
        if self._is_current(message_id):
            self.show_running()

    def _on_text_added(self, message_id: str, text: str) -> None:
        if self._is_current(message_id):
            self.transcript.add_text(message_id, text)

    def _on_text_replaced(self, message_id: str, text: str) -> None:
        if self._is_current(message_id):
            self.transcript.replace_text(message_id, text)

    def _on_reasoning_added(self, message_id: str, text: str) -> None:
        if self._is_current(message_id):
            self.transcript.add_reasoning(message_id, text)

    def _on_noticed(self, message_id: str, code: str, text: str) -> None:
        if self._is_current(message_id):
            self.transcript.set_waiting(message_id, text)

    def _on_keychain_awaited(self, provider_id: str, is_waiting: bool) -> None:
        current = self._services.conversations.current
        message_id = self._services.generation.running_message(current.id)
        if message_id and current.provider_id == provider_id:
            text = KEYCHAIN_AWAITED if is_waiting else "Waiting for the model…"
            self.transcript.set_waiting(message_id, text)

    def _on_ended(self) -> None:
        self.show_running()
        self.estimate.show()

    def _on_notice_raised(self, notice: Notice) -> None:
        self.notices.show_notice(notice)

    def _on_submitted(self, text: str, attachments: Sequence[Attachment]) -> None:
        if self._is_unfinished() or self._holds_back(attachments):
            self.composer.set_draft(text, list(attachments))
            return
        self._services.conversations.send(text, list(attachments))
        self.show_running()

    def _on_edited(self, message_id: str, text: str, attachments: Sequence[Attachment]) -> None:
        if self._is_unfinished() or self._holds_back(attachments):
            self.composer.begin_edit(message_id, text, attachments)
            return
        self._services.conversations.edit(message_id, text, attachments)
        self.show_running()

    def _holds_back(self, attachments: Sequence[Attachment]) -> bool:
        """Whether a file that the model does not take must be settled first; says so."""
        is_held = self.fitting.holds_back(attachments)
        if is_held:
            words = "Not sent yet: the line above your text says which file does not fit."
            self._services.notices.show(Notice(words, "warn"))
        return is_held

    def _is_unfinished(self) -> bool:
        """Whether a dial holds what could not be sent; says so."""
        told = self.unfinished()
        if told:
            words = f"Not sent yet. {told} Mend it or empty the field, then send again."
            self._services.notices.show(Notice(words, "error"))
        return bool(told)

    def _on_edit_requested(self, message_id: str) -> None:
        message = self._services.conversations.message(message_id)
        self.composer.begin_edit(message_id, message.text, message.attachments)

    def _on_draft_changed(self, text: str, attachments: Sequence[Attachment]) -> None:
        self._services.conversations.keep_draft(text, list(attachments))
        if text:
            self._services.models.prepare()
            self.transcript.preload.start()
        self.estimate.show_soon()

    def _on_link_opened(self, url: str) -> None:
        from app.ui.widgets.link_dialog import open_link

        open_link(url, self.window(), self._theme)

    def _on_copy_done(self, says: str) -> None:
        self.notices.show_notice(Notice(says))

    def _on_details_requested(self, message_id: str) -> None:
        message = self._services.conversations.message(message_id)
        if message.provenance is not None and message.state is not MessageState.WRITING:
            from app.ui.conversation.answer_details import DetailsDialog

            DetailsDialog(message, self._theme, self.window()).open()

    def _on_command_requested(self, command_id: str, argument: str = "") -> None:
        if argument:
            self._registry.run(command_id, argument)
        else:
            self._registry.run(command_id)
