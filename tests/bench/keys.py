"""Keys pressed on a screen at a known moment (XTEST), which xdotool's own start would blur."""

from __future__ import annotations

import ctypes
import time

BACKSPACE = 0xFF08
"""The keysym; that of a letter is its code."""


class Keys:
    """The keyboard of one X display."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self._x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self._x.XKeysymToKeycode.restype = ctypes.c_ubyte
        for name in ("XFlush", "XCloseDisplay"):
            getattr(self._x, name).argtypes = [ctypes.c_void_p]
        self._test.XTestFakeKeyEvent.argtypes = [
            ctypes.c_void_p,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_ulong,
        ]
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise OSError(f"no display {display}")

    def press(self, symbol: int) -> float:
        """Presses and lets go of a key; gives the moment, s on the monotonic clock."""
        code = self._x.XKeysymToKeycode(self._display, symbol)
        at = time.monotonic()
        self._test.XTestFakeKeyEvent(self._display, code, 1, 0)
        self._test.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._x.XFlush(self._display)
        return at

    def close(self) -> None:
        """Lets go of the display."""
        self._x.XCloseDisplay(self._display)
