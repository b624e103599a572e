"""What can be done: subscribe and leave, attend to subscriptions, cut, tell, and issue."""

from traza.bulletin.actions.attending import (
    MOST_ENTERED,
    Entered,
    bounce,
    complain,
    end_for,
    enter,
    let_through,
    send_letter_again,
    take_complaint_back,
)
from traza.bulletin.actions.common import MOST_FOLLOWED, BulletinError
from traza.bulletin.actions.cutting import cut_due
from traza.bulletin.actions.forgetting import forget_what_is_due, note_bounces
from traza.bulletin.actions.issuing import discard, prepare, send_trial
from traza.bulletin.actions.subscribing import ask, choose, confirm, forget, leave
from traza.bulletin.actions.telling import tell_due

__all__ = [
    "MOST_ENTERED",
    "MOST_FOLLOWED",
    "BulletinError",
    "Entered",
    "ask",
    "bounce",
    "choose",
    "complain",
    "confirm",
    "cut_due",
    "discard",
    "end_for",
    "enter",
    "forget",
    "forget_what_is_due",
    "leave",
    "let_through",
    "note_bounces",
    "prepare",
    "send_letter_again",
    "send_trial",
    "take_complaint_back",
    "tell_due",
]
