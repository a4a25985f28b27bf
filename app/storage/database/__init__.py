"""The one SQLite file: looked at, made, brought up to date, read and written."""
