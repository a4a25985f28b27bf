"""Every generation parameter, declared once, and how its value is written into a request."""
