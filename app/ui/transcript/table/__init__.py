"""Tables: cells, columns, the shared header, and the document they are laid out in."""
