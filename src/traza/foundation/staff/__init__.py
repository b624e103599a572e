"""The back office of this room: menu, people, audit, style sheet."""
