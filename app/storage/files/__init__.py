"""Attachments, and what files say of themselves in their first bytes."""
