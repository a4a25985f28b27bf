"""A desktop's settings portal: says on the session bus whether things may move, and that it
changed its mind, as xdg-desktop-portal does. A line of its input is the new answer, `true` or
`false`."""

import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject

from app.ui.window.reduced_motion import INTERFACE, PATH, SERVICE

KEY = ["org.gnome.desktop.interface", "enable-animations"]


class Portal(QDBusVirtualObject):
    """Answers for one key; knows no other."""

    may_move = True

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, bus: QDBusConnection) -> bool:  # noqa: N802
        if message.member() == "ReadOne" and message.arguments() == KEY:
            bus.send(message.createReply(QDBusVariant(self.may_move)))
        else:
            bus.send(message.createErrorReply("org.freedesktop.portal.Error.NotFound", "unknown"))
        return True


def main() -> None:
    """Runs until the input ends."""
    application = QCoreApplication([])
    bus = QDBusConnection.sessionBus()
    portal = Portal()

    def read() -> None:
        line = sys.stdin.readline()
        if not line:
            application.quit()
            return
        portal.may_move = line.strip() == "true"
        signal = QDBusMessage.createSignal(PATH, INTERFACE, "SettingChanged")
        signal.setArguments([*KEY, QDBusVariant(portal.may_move)])
        bus.send(signal)

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(read)
    bus.registerVirtualObject(PATH, portal)
    portal.may_move = sys.argv[1] == "true"
    bus.registerService(SERVICE)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main()
