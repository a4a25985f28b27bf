"""Providers, their models and routes, and what was learnt of them."""
