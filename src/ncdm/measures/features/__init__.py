"""Engineered features: numbers made of several measures, each with its stated definition, its bounds where parts are unknown, and its rows."""
