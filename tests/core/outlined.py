"""An outline of messages that are at hand, which remembers the ones it was asked for."""

from app.core.conversations.outline import Outline


class Outlined(Outline):
    """Tells columns of plain messages, as a database does."""

    def __init__(self, messages, holding=None):
        self._messages = messages
        self.asked = []
        self.ids = [message.id for message in messages]
        self.departures = {
            at: message.parent_id
            for at, message in enumerate(messages)
            if at == 0 or message.parent_id != self.ids[at - 1]
        }
        self.roles = [message.role for message in messages]
        self.letters = [len(message.text) for message in messages]
        self.octets = [len(message.text.encode()) for message in messages]
        self.holding = holding or {}
        self.last_sequence = messages[-1].sequence if messages else 0

    def message(self, place):
        """Gives one and remembers it."""
        self.asked.append(place)
        return self._messages[place]
