"""What went wrong, in words a person understands: error replies, broken connections, web pages."""
