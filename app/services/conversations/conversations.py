"""The conversations: the list, the one being read, its branch, and the choices made for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.conversations.attachment import Attachment
from app.core.conversations.branch import Branch
from app.core.conversations.conversation import (
    Conversation,
    ConversationSummary,
    Message,
    MessageState,
)
from app.core.conversations.message_tree import MessageTree, SiblingPlace
from app.core.errors import AppError
from app.core.identity import new_id
from app.services.conversations.changes import Changes
from app.services.conversations.choices import Choices
from app.services.conversations.conversation_store import ConversationStore
from app.services.conversations.drafts import Drafts
from app.services.conversations.presets import PresetService
from app.services.generation.generation import GenerationService
from app.services.generation.tools import ToolService
from app.services.generation.turns import Turns
from app.services.models.models import ModelService
from app.services.notices import Notice, NoticeService
from app.services.settings import SettingsService
from app.services.tasks import TaskScope
from app.storage.conversations.drafts import Draft

CHOICES = ("title", "is_pinned", "system", "provider_id", "model_id", "preset_id", "parameters")
"""What the user sets of a conversation; the rest of it follows from its messages."""
LISTED = ("title", "is_pinned")
"""What the list shows of that."""


class ConversationService(QObject):
    """Holds the conversation being read and everything that can be done with conversations.

    `listed`: the list is another than before. `left`: the conversation being read, still the
    current one, is about to be left. `opened`: another conversation is being read.
    `branch_changed`: the branch being read changed as a whole. `message_added` and
    `message_replaced` carry a Message of that branch. `choice_changed`: title, model, parameters,
    system text or preset changed. `deleted` carries id and title. `unsent` carries a text and
    attachments that could not be stored, to be put back where they were typed.
    """

    listed = Signal()
    left = Signal()
    opened = Signal(str)
    branch_changed = Signal(str)
    message_added = Signal(object)
    message_replaced = Signal(object)
    choice_changed = Signal(str)
    deleted = Signal(str, str)
    unsent = Signal(str, str, object)

    def __init__(
        self,
        store: ConversationStore,
        generation: GenerationService,
        models: ModelService,
        presets: PresetService,
        tools: ToolService,
        settings: SettingsService,
        notices: NoticeService,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._generation = generation
        self._models = models
        self._presets = presets
        self._settings = settings
        self._notices = notices
        self._scope = scope
        self._is_stored = False
        self._tree = MessageTree()
        self._changes = Changes(store.conversations, notices, scope)
        self._drafts = Drafts(store.drafts, scope)
        self._deleted: set[str] = set()
        self.current = self._fresh()
        self.choices = Choices(self, self._choose, models, presets, settings)
        self.turns = Turns(
            store.conversations, self._tree_of, store.sending, generation, models, tools, scope
        )
        self.turns.message_stored.connect(self._on_message_stored)
        self.turns.unsent.connect(self._on_unsent)
        self.turns.unasked.connect(lambda _id, error: notices.report(error))
        generation.finished.connect(self.take_in)

    def summaries(self) -> list[ConversationSummary]:
        """The conversation list: pinned first, then newest first."""
        return self._store.conversations.summaries()

    def new(self) -> None:
        """Turns to a fresh conversation; it is kept with its first message."""
        self.left.emit()
        self.current = self._fresh()
        self._is_stored = False
        self._tree = MessageTree()
        self.choices.forget_undo()
        self.opened.emit(self.current.id)

    def open(self, conversation_id: str, message_id: str = "") -> None:
        """Turns to a conversation, with a message id to the branch that message is on."""
        self.left.emit()
        self.current = self._conversation(conversation_id)
        self._is_stored = True
        self._tree = self._read_tree(conversation_id)
        leaf = self.current.leaf_id
        if message_id in self._tree and self.branch().find(message_id) is None:
            leaf = message_id
        if leaf is None or leaf not in self._tree:
            leaf = self._tree.newest_leaf()
        end = self._tree.leaf_below(leaf) if leaf is not None else None
        self.current = replace(self.current, leaf_id=end)
        self.choices.forget_undo()
        self.opened.emit(conversation_id)

    def branch(self) -> Branch:
        """The messages being read, oldest first."""
        return self._tree.branch_to(self.current.leaf_id)

    def files(self) -> list[Attachment]:
        """The files that go with the messages being read, oldest first."""
        return [file for message in self.branch().with_files() for file in message.attachments]

    def message(self, message_id: str) -> Message:
        """A message of the conversation being read. KeyError when it is not in it."""
        return self._tree.message(message_id)

    def sibling_place(self, message_id: str) -> SiblingPlace:
        """Where a message stands among its siblings; what the others hold is left out."""
        siblings = self._tree.siblings(message_id)
        return SiblingPlace(siblings.index(message_id) + 1, len(siblings))

    def sibling_places(self) -> dict[str, SiblingPlace]:
        """Where every message that has siblings stands, and what the others hold."""
        return self._tree.places()

    def show_sibling(self, message_id: str, step: int) -> None:
        """Reads the branch through the next (1) or previous (-1) sibling of a message."""
        siblings = self._tree.siblings(message_id)
        place = siblings.index(message_id) + step
        if 0 <= place < len(siblings):
            leaf = self._tree.leaf_below(siblings[place])
            self.current = replace(self.current, leaf_id=leaf)
            self._write(self.current.id, {"leaf_id": leaf})
            self.branch_changed.emit(self.current.id)

    def send(self, text: str, attachments: Sequence[Attachment] = ()) -> None:
        """Stores a question and has it answered; while another is, it goes back as `unsent`."""
        if self._is_busy():
            self.unsent.emit(self.current.id, text, tuple(attachments))
        elif text.strip() or attachments:
            self.turns.send(self.current, text, attachments, self._preset_name())

    def retry(self, message_id: str) -> None:
        """Answers the same question again; the earlier answer stays as a sibling."""
        if not self._is_busy():
            self.turns.retry(self.current, message_id, self._preset_name())

    def ask_again(self, conversation_id: str, message_id: str) -> None:
        """Asks the question of a failed answer again, also where another is being read."""
        if self.is_deleted(conversation_id):
            return
        if conversation_id == self.current.id:
            self.retry(message_id)
        elif not self._generation.is_running(conversation_id):
            self.turns.retry(self._conversation(conversation_id), message_id, "")

    def ask_otherwise(self, message_id: str, **choices: Any) -> None:
        """Asks a question once with other choices; those of the conversation stay as they are."""
        if not self._is_busy():
            once = replace(self.current, **choices)
            self.turns.retry(once, message_id, self._preset_name())

    def edit(
        self, message_id: str, text: str, attachments: Sequence[Attachment] | None = None
    ) -> None:
        """Asks a changed question on a branch of its own and has it answered.

        Its files stay as they are, unless others are given.
        """
        files = self.message(message_id).attachments if attachments is None else attachments
        if not self._is_busy() and (text.strip() or files):
            self.turns.edit(self.current, message_id, text, files, self._preset_name())

    def continue_answer(self, message_id: str) -> None:
        """Lets the model go on where an answer was cut off; the joined text is a sibling of it."""
        if not self._is_busy():
            self.turns.continue_answer(self.current, message_id, self._preset_name())

    def answer_calls(self, message_id: str, texts: Mapping[str, str]) -> None:
        """Sends what the tools of an answer found, by call id, and has the model go on."""
        if not self._is_busy():
            preset = self._preset_name()
            self.turns.answer_calls(self.current, message_id, texts, preset)

    def _is_busy(self) -> bool:
        here = self.current.id
        return self._generation.is_running(here) or self.turns.is_asking(here)

    def keep(self, message_id: str) -> None:
        """Accepts a cut-off answer as it is."""
        message = replace(self._tree.message(message_id), state=MessageState.STOPPED)
        self._tree.replace(message)
        self._scope.watch(self._store.conversations.replace(message))
        self.message_replaced.emit(message)
        self.listed.emit()

    def stop(self) -> None:
        """Stops the answer being written, or about to be, in the conversation being read."""
        self.turns.stop(self.current.id)
        self._generation.stop(self.current.id)

    def rename(self, conversation_id: str, title: str) -> None:
        """Gives a conversation another title; a blank one changes nothing."""
        title = " ".join(title.split())[:200]
        if title:
            self._change(conversation_id, title=title)

    def pin(self, conversation_id: str, is_pinned: bool) -> None:
        """Keeps a conversation at the top of the list, or lets it go."""
        self._change(conversation_id, is_pinned=is_pinned)

    def delete(self, conversation_id: str) -> None:
        """Takes a conversation out of the list; `restore` brings it back whole.

        Whatever is asked, awaited or read for it ends: a question is kept, but nothing is asked
        any more.
        """
        is_current = conversation_id == self.current.id
        title = (self.current if is_current else self._conversation(conversation_id)).title
        self._deleted.add(conversation_id)
        self._scope.cancel_of(conversation_id)
        self._generation.stop(conversation_id)
        if is_current:
            self.new()

        def gone(_: None) -> None:
            self.listed.emit()
            self.deleted.emit(conversation_id, title)

        def stays(error: AppError) -> None:
            self._deleted.discard(conversation_id)
            self._notices.report(error)

        write = self._store.conversations.delete(conversation_id)
        self._scope.watch(write, done=gone, failed=stays)

    def restore(self, conversation_id: str) -> None:
        """Brings a deleted conversation back and turns to it."""
        self._deleted.discard(conversation_id)

        def back(_: None) -> None:
            self.listed.emit()
            self.open(conversation_id)

        self._scope.watch(self._store.conversations.restore(conversation_id), done=back)

    def is_deleted(self, conversation_id: str) -> bool:
        """Whether a conversation was deleted since Facet began; it can still be brought back."""
        return conversation_id in self._deleted

    def draft(self) -> Draft:
        """What was typed here and not sent."""
        return self._drafts.draft(self._draft_id())

    def keep_draft(self, text: str, attachments: Sequence[Attachment] = ()) -> None:
        """Keeps what is typed here; an empty draft is forgotten."""
        self._drafts.keep(self._draft_id(), Draft(text, tuple(attachments)))

    def attach(self, path: Path) -> Attachment:
        """Takes in a file. Raises StorageError when it cannot be read or is not supported."""
        return self._store.attachments.add_file(path)

    def attach_bytes(self, data: bytes, name: str) -> Attachment:
        """Takes in bytes from the clipboard or a drop. Raises StorageError when not supported."""
        return self._store.attachments.add(data, name)

    def attachment_bytes(self, attachment: Attachment) -> bytes:
        """The bytes of an attachment. Raises StorageError when they are gone."""
        return self._store.attachments.read(attachment.sha256)

    def file_bytes(self, sha256: str) -> bytes:
        """The bytes with a hash. Raises StorageError when they are gone."""
        return self._store.attachments.read(sha256)

    def preview(self, text: str = "") -> None:
        """Has `turns.previewed` tell the body the next question would send."""
        self.turns.preview(self.current, text)

    def export(self, conversation_id: str, format_id: str, path: Path, place: str = "") -> None:
        """Writes a conversation and its files, to their usual place without one. Raises
        TransferError when that fails."""
        self._store.export(conversation_id, format_id, path, place)

    def has_files(self, conversation_id: str) -> bool:
        """Whether files go with any message of a conversation."""
        return any(
            message.has_files for message in self._store.conversations.messages(conversation_id)
        )

    def _fresh(self) -> Conversation:
        now = datetime.now(UTC)
        provider_id, _, model_id = str(self._settings.value("models.last")).partition("/")
        return Conversation(
            id=new_id(),
            title="",
            created_at=now,
            updated_at=now,
            provider_id=provider_id,
            model_id=model_id,
            parameters=dict(self._settings.value("chat.default_parameters")),
        )

    def _draft_id(self) -> str:
        return self.current.id if self._is_stored else ""

    def _preset_name(self) -> str:
        preset = self._presets.preset(self.current.preset_id)
        return preset.name if preset else ""

    def _conversation(self, conversation_id: str) -> Conversation:
        """A stored conversation, with the changes of it that are still on their way."""
        return self._changes.applied(self._store.conversations.conversation(conversation_id))

    def _tree_of(self, conversation_id: str) -> MessageTree:
        """The messages of a conversation as they are now; ask again after every wait."""
        is_read = conversation_id == self.current.id
        return self._tree if is_read else self._read_tree(conversation_id)

    def _read_tree(self, conversation_id: str) -> MessageTree:
        tree = MessageTree(self._store.conversations.outline(conversation_id))
        self._generation.unsaved.lay_over(conversation_id, tree)
        running = self._generation.current(conversation_id)
        if running is not None:
            tree.add(running)
        return tree

    def _choose(self, **changes: Any) -> None:
        self.current = replace(self.current, **changes)
        if self._is_stored:
            self._write(self.current.id, changes)
        self.choice_changed.emit(self.current.id)

    def _change(self, conversation_id: str, **changes: Any) -> None:
        if conversation_id == self.current.id:
            self._choose(**changes)
        else:
            self._write(conversation_id, changes)

    def _write(self, conversation_id: str, changes: dict[str, Any]) -> None:
        is_listed = not changes.keys().isdisjoint(LISTED)
        self._changes.write(conversation_id, changes, self.listed.emit if is_listed else None)

    def _on_unsent(self, conversation_id: str, text: str, files: Sequence[Attachment]) -> None:
        """Keeps a question that could not be stored where it was typed, also when that was left."""
        if conversation_id != self.current.id:
            is_stored = self._store.conversations.is_stored(conversation_id)
            self._drafts.keep(conversation_id if is_stored else "", Draft(text, tuple(files)))
        self.unsent.emit(conversation_id, text, files)

    def _on_message_stored(self, asked: Conversation, message: Message) -> None:
        """Shows a new message; `asked` is its conversation with the choices it was asked with."""
        if asked.id == self.current.id:
            self._show_stored(asked, message)
        self.listed.emit()

    def _show_stored(self, asked: Conversation, message: Message) -> None:
        was_stored, self._is_stored = self._is_stored, True
        earlier = self.current
        self._tree.add(message)
        self.current = replace(earlier, leaf_id=message.id, title=earlier.title or asked.title)
        if not was_stored:
            now = {name: getattr(self.current, name) for name in CHOICES}
            if changes := {n: v for n, v in now.items() if v != getattr(asked, n)}:
                self._write(asked.id, changes)  # made while the question was on its way
            self.choice_changed.emit(self.current.id)
        if earlier.leaf_id == message.id:
            return  # opened again after it was stored: it is shown already
        place = self.sibling_place(message.id).position
        if earlier.leaf_id == message.parent_id and place == 1:
            self.message_added.emit(message)
        else:
            self.branch_changed.emit(asked.id)

    def take_in(self, message: Message) -> None:
        """A newer state of a stored message: shown where it is being read."""
        if message.conversation_id == self.current.id and message.id in self._tree:
            self._tree.replace(message)
            self.message_replaced.emit(message)
        self.listed.emit()

    def offer_recovered(self, recovered: Sequence[Message]) -> None:
        """Turns to the newest answer that was cut off when Facet ended, and says so."""
        if not recovered:
            return
        newest = max(recovered, key=lambda message: message.id)
        self.open(newest.conversation_id, newest.id)
        what = "An answer was" if len(recovered) == 1 else f"{len(recovered)} answers were"
        text = f"{what} cut off when Facet last ended. Choose Continue, Ask again or Keep."
        self._notices.show(Notice(text, "warn"))
