"""The middle zone: header, transcript, find bar, notices and composer, joined to the services."""
