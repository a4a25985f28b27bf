"""Starts Facet: the window, or one command of the command line."""

from __future__ import annotations

import os
import sys

from app.cli.arguments import parse
from app.core.errors import AppError


def main() -> int:
    """Runs what the arguments ask for; the result is the exit status (PRODUCT §6)."""
    arguments = parse(sys.argv[1:])
    from app import bootstrap

    try:
        if arguments.command is None:
            return bootstrap.run_window(arguments.profile)
        return bootstrap.run_command(arguments)
    except AppError as error:
        text = f"facet: {error.message} {error.hint}".rstrip()
        sys.stderr.write(text + "\n")
        return 1
    except BrokenPipeError:
        # Whoever read our output has gone (`facet list | head`); Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
