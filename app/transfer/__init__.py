"""One export or import format a module."""
