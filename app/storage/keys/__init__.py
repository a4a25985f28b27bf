"""Keys in the system keychain, or in memory for this run; never in a file."""
