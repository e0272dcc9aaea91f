"""The commands of ``ncdm``, one module each; ``ncdm.__main__`` puts them together."""
