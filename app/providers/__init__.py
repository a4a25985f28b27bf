"""The network: providers, their dialects and their events. httpx and core only.

Unknown is never success. An answer is done only when the wire said so in a word that means it;
whatever else came is shown or named in a notice; nothing that must go back is dropped.

So an unknown ending is a cut and its word is told, a body without an answer is searched for an
error, and a line or a list that cannot be read says so. A test holds this over 10,000 streams.
"""
