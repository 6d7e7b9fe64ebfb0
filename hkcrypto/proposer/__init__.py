"""A small trained encoder that proposes relations for pairs of entities that the frames leave open."""
