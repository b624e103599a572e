"""Screens of the room in the back office."""
