"""What many records say together: entities merged over documents, facts with all their evidence, what contradicts what.

`intake` keeps of a record what counts here, `stories` finds the documents that are copies of one story, `entities` merges
entities, `facts` merges relations; `lifecycles` and `contradictions` read those; `build` puts it together. `profile` is one
entity of a corpus, `view` shows both. Nothing depends on the order in which records come: they are sorted by their source.
"""
