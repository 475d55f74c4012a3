"""The steps of the way, one a module: how each is done."""
