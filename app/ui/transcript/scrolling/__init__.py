"""Where the reader is, and what stays in place while text around it changes."""
