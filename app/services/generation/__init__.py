"""Asking: one turn from the stored question to the stored answer, its tools, files and waits."""
