"""Engines run many documents through the extractor: each has a function `run` with the same arguments and the same records."""
