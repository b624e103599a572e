"""What was cut from the ledger, for how often it is told, and who was told what."""

from django.db import models
from django.db.models import Q

from traza.bulletin.models.issue import Issue
from traza.bulletin.models.subscribers import Frequency, Subscriber
from traza.foundation.mail.models import MailMessage
from traza.publishing.models import Change


class Digest(models.Model):
    """A cut of the ledger for one frequency: what happened in ``[begins, ends)``.

    What was written late, with an hour of a former interval, goes in the next cut: the interval
    says when the cuts were made, the items say what is in them.
    """

    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    #: When the letters of all who follow something of it were in the queue.
    queued_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["-ends", "-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["frequency", "ends"], name="one_digest_at_a_time"),
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("begins")), name="digest_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()}, {self.ends:%Y-%m-%d %H:%M}"


class DigestItem(models.Model):
    """One change in one digest. A change is in one digest of each frequency, and never in two."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="items")
    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    #: Not told: when it was cut there was nothing public left to tell of.
    is_silent = models.BooleanField(default=False)

    class Meta:
        ordering = ["digest", "-change__at", "-change"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["frequency", "change"], name="a_change_once_for_each_frequency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest_id}: {self.change_id}"


class Letter(models.Model):
    """What one or many subscribers get of a digest or an issue: the same changes, one language."""

    digest = models.ForeignKey(Digest, null=True, on_delete=models.CASCADE, related_name="letters")
    issue = models.ForeignKey(Issue, null=True, on_delete=models.CASCADE, related_name="letters")
    language = models.CharField(max_length=5)
    #: The numbers of the changes told; nothing for an issue.
    changes = models.JSONField(default=list)
    #: Of the changes, so that whoever is told the same gets the same letter.
    print = models.CharField(max_length=64)
    #: In the outbox; nothing once that has forgotten it.
    mail = models.ForeignKey(MailMessage, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "language", "print"], name="one_letter_for_the_same_changes"
            ),
            models.UniqueConstraint(
                fields=["issue", "language"], name="one_letter_of_an_issue_in_a_language"
            ),
            models.CheckConstraint(
                condition=Q(digest=None, issue__isnull=False) | Q(digest__isnull=False, issue=None),
                name="a_letter_of_a_digest_or_an_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest or self.issue} ({self.language})"


class Delivery(models.Model):
    """That a letter was queued for a subscriber: once of each digest and of each issue."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="deliveries")
    digest = models.ForeignKey(
        Digest, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    issue = models.ForeignKey(Issue, null=True, on_delete=models.CASCADE, related_name="deliveries")
    #: Nobody any more, where the person was forgotten.
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["digest", "subscriber"], name="a_digest_once_for_each"),
            models.UniqueConstraint(fields=["issue", "subscriber"], name="an_issue_once_for_each"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} → {self.subscriber_id or '—'}"
