"""How good records are, measured against gold files: what a careful reader finds in the same texts.

`gold` reads the gold, `scoring` counts one document, `report` makes figures of many, `tables` shows them.
"""
