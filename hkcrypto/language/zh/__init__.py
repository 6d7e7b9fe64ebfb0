"""Chinese: words, sentences and clauses; everything is compared in Simplified characters, offsets are those of the text."""
