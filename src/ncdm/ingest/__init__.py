"""Sheets become typed rows: matched to one contract, conformed line by line, with a receipt that adds up."""
