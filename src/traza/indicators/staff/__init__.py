"""The back office of this room: catalogue, imports, releases, corrections."""
