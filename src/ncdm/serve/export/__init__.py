"""Files of exactly what a grid shows."""
