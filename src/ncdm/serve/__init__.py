"""Serve: what the mesh knows, over HTTP on loopback, to the person who holds the link.

Reads go through one port (``ports.Mesh``) and leave as the answers of ``answers``; nothing here computes a number.
"""
