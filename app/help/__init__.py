"""Finding the manual's passage for a question. Standard library only.

`passages` cuts the manual into passages and ranks them by the words of a question.
"""
