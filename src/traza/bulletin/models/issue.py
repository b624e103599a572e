"""The issues of the bulletin: written by one person, approved by another, sent once."""

from typing import Any

from django.db import models, transaction
from modelcluster.models import ClusterableModel
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from traza.bulletin.blocks import body_field
from traza.publishing.revision import public_change
from traza.publishing.schedule import hold
from traza.publishing.silence import is_held

KIND = "issue"


class Issue(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One issue of the bulletin: a page of the site, a line of the ledger and a mailing.

    It is mailed when it is published for the first time; what is corrected afterwards is corrected
    on the page and mailed to nobody.
    """

    ledger_kind = KIND

    number = models.PositiveIntegerField("número", unique=True, editable=False)
    title = models.CharField("título", max_length=160)
    introduction = models.TextField(
        "entrada",
        max_length=600,
        help_text="Una o dos oraciones: qué trae este número. Con ellas empieza el correo.",
    )
    body = body_field()
    is_example = models.BooleanField(default=False, editable=False)
    #: The news from which it was composed; they are in no other issue.
    digest = models.OneToOneField(
        "bulletin.Digest",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="issue",
    )
    created = models.DateTimeField(auto_now_add=True)
    #: When it was given to the mail; nothing before its first publication.
    sent_at = models.DateTimeField("enviado", null=True, editable=False)
    #: How many people received the bulletin at that moment.
    audience = models.PositiveIntegerField("destinatarios", default=0, editable=False)
    #: When the letters of all of them were in the queue.
    queued_at = models.DateTimeField(null=True, editable=False, db_index=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = "número del boletín"
        verbose_name_plural = "números del boletín"

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def path(self) -> str:
        """Return the issue's public address without language."""
        return f"/boletin/{self.number}/"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new issue gets the number after the last one."""
        if self.number is None:
            self.number = (Issue.objects.aggregate(last=models.Max("number"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish a revision with its line in the ledger and, the first time, its mailing.

        What an electoral silence holds waits for its end, and is mailed then.
        """
        # The ledger and the mailing look at this model.
        from traza.bulletin.actions.issuing import issue_published

        publish = super().publish
        with public_change():
            if is_held(KIND):
                hold(self, revision, lambda: publish(revision, user=user, **kwargs))
                return None
            result = publish(revision, user=user, **kwargs)
            # What is only scheduled is no news yet: the day it comes, this runs again.
            revision.refresh_from_db(fields=["approved_go_live_at"])
            if revision.approved_go_live_at is None:
                issue_published(self.pk, actor=user)
        return result

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: Any = None,
        log_action: Any = True,
    ) -> None:
        """Take the issue off the site with its line in the ledger, in one transaction.

        Who may do so is asked by the screen: Wagtail's action can only ask it of pages.
        """
        from traza.bulletin.actions.issuing import issue_withdrawn

        with public_change():
            UnpublishAction(
                self, set_expired=set_expired, commit=commit, user=user, log_action=log_action
            ).execute(skip_permission_checks=True)
            issue_withdrawn(self, actor=user)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete; the news of an issue that never came out wait for the next one again."""
        digest = self.digest if self.sent_at is None else None
        with transaction.atomic():
            result = super().delete(*args, **kwargs)
            if digest is not None:
                digest.delete()
        return result

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Show the draft as its page."""
        from traza.bulletin.views import render_issue

        return render_issue(request, self, preview=True)
