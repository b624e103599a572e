"""Outgoing mail: rooms queue messages, the worker hands them to a mail server.

``actions.queue`` stores a message inside the caller's transaction; ``sending.send_due`` sends what
is due. What is guaranteed and what is not is told in ``docs/operation.md``, "Mail".
"""
