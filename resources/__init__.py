"""Data files of Facet: providers, manual, icons, fonts."""
