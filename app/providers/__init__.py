"""The network: providers, their dialects and their events. httpx and core only."""
