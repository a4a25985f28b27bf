"""Values and rules of Facet: standard library only, no I/O, no Qt."""
