"""What can be done with a message: receive, take in hand, answer, close, set apart, forget."""

from traza.participation.actions.attending import (
    add,
    answer,
    ask,
    assign,
    close,
    hand_over,
    reopen,
    restore,
    set_apart,
)
from traza.participation.actions.common import MessageError
from traza.participation.actions.forgetting import forget_sender, forget_what_is_due
from traza.participation.actions.receiving import (
    PER_ADDRESS,
    PER_EMAIL,
    ByHand,
    Sender,
    note_sending,
    receive,
    sends_in_haste,
    signs_of_haste,
)

__all__ = [
    "PER_ADDRESS",
    "PER_EMAIL",
    "ByHand",
    "MessageError",
    "Sender",
    "add",
    "answer",
    "ask",
    "assign",
    "close",
    "forget_sender",
    "forget_what_is_due",
    "hand_over",
    "note_sending",
    "receive",
    "reopen",
    "restore",
    "sends_in_haste",
    "set_apart",
    "signs_of_haste",
]
