"""Keys of providers, signing in, and what is left in an account."""
