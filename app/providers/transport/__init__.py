"""Bytes to and from a provider: the HTTP client, replies as they arrive, events, JSON."""
