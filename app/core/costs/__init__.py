"""What answers used and what it cost; unknown is never 0."""
