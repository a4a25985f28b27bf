"""The model on this computer: a child process that holds it, and the way to ask that child.

The window never imports what computes: a damaged model file or want of memory ends the process
they happen in, so that is a child of Facet's own, spoken to over a Unix socket in the words of the
chat dialect.

`child` is what runs there. `process` starts it and learns how it ended; `engine` knows which child
holds which model and when it may go; `transport` is what the provider's client speaks through;
`socket_folder` says where the socket lies.
"""
