"""Comparing and searching text: letters folded, words found, characters nobody sees."""
