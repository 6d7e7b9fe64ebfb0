"""From grammar to clauses, one language at a time; `clause.py` is the shape that all of them make."""
