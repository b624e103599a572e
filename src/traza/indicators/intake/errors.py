"""Refusals of the way in, told to the person in plain Spanish."""


class IntakeError(Exception):
    """Something that cannot be done with a file or an import.

    The message says what happened, where, and what to do next; screens and the shell show it as
    it is.
    """
