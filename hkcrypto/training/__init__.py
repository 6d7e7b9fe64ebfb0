"""Recipes of what is learned from data; they need the extra `dev` (scikit-learn), the package does not need them."""
