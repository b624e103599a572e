"""The back office of this room: topics and places, the desk, and how every room's forms save."""
