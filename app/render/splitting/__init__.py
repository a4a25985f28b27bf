"""A growing answer cut into chunks that never change again and one open rest."""
