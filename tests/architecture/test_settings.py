"""What the user can set is used: a setting that nothing reads promises what nobody does."""

import ast
import re

from app.settings.definitions import SETTINGS

DECLARED_IN = "app/settings/definitions.py"


def named(module):
    """The texts of a module, as patterns: what is put into them may be anything."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else r"[a-z]+"
                for part in node.values
            )


def test_every_setting_is_read(modules):
    texts = {text for module in modules if module.name != DECLARED_IN for text in named(module)}
    patterns = [re.compile(text) for text in texts if re.match(r"[a-z]+\\\.", text)]
    unread = [key for key in SETTINGS if not any(known.fullmatch(key) for known in patterns)]
    assert unread == []
