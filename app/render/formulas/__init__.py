"""TeX: told from prose, mended and drawn as outlines."""
