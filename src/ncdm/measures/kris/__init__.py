"""Key risk indicators that the operational exports support, one file each."""
