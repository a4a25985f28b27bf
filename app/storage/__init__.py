"""The disk: one SQLite file, attachments beside it, keys in the system keychain."""
