"""Starts Facet: the window, or one command of the command line."""

from __future__ import annotations

import sys

from app.cli.arguments import parse
from app.cli.output import give_up
from app.core.errors import AppError


def main() -> int:
    """Runs what the arguments ask for; the result is the exit status."""
    arguments = parse(sys.argv[1:])
    try:
        if arguments.command is None:
            from app import window_app

            return window_app.run_window(arguments.profile)
        from app import bootstrap

        return bootstrap.run_command(arguments)
    except AppError as error:
        text = f"facet: {error.message} {error.hint}".rstrip()
        sys.stderr.write(text + "\n")
        return 1
    except BrokenPipeError:
        give_up()
        return 141
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
