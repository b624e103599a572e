"""Preparing an issue from what is new, and what happens when one is published or withdrawn."""

from collections import defaultdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.log_actions import log

from traza.bulletin.actions.common import BulletinError
from traza.bulletin.actions.cutting import cut, cut_due
from traza.bulletin.actions.telling import audience
from traza.bulletin.models import Digest, Frequency, Issue
from traza.bulletin.models.issue import KIND
from traza.bulletin.writing import absolute, write_issue
from traza.foundation.audit import record
from traza.foundation.mail.actions import Addressee, queue
from traza.foundation.models import Institute
from traza.publishing.actions import publish_entry, withdraw_entry
from traza.publishing.models import Change, Publication
from traza.publishing.registry import registry

#: So many things of a kind in a prepared draft, and in all of it; the rest is said in a line.
OF_A_KIND, IN_ALL = 8, 30
#: Changes by the kind and the number of what they happened to, the newest first.
News = dict[str, dict[int, list[Change]]]
#: Names the trial letters in the outbox.
TRIAL = "issue_trial"


@transaction.atomic
def prepare(actor: Any) -> Issue:
    """Make the draft of the next issue from everything that no issue has told yet.

    Deleting the draft leaves its news for the next one.

    Raises:
        BulletinError: another draft waits, or there is nothing new.
    """
    waiting = Issue.objects.filter(sent_at=None, digest__isnull=False).first()
    if waiting is not None:
        raise BulletinError(
            _("El número %(number)s todavía no sale. Se prepara otro cuando salga o se borre.")
            % {"number": waiting.number}
        )
    cut_due()
    try:
        digest = cut(Frequency.ISSUE, timezone.now())
    except IntegrityError as error:
        raise BulletinError(_("Otra persona lo está preparando en este momento.")) from error
    if digest is None:
        raise BulletinError(
            _("Desde el último número no hay nada nuevo. Se puede escribir uno desde cero.")
        )
    news = _news_of(digest)
    day = timezone.localdate()
    month = f"{MONTHS[day.month]}".lower()
    issue = Issue(
        title=_("Lo nuevo de %(month)s de %(year)s") % {"month": month, "year": day.year},
        introduction=_introduction(news),
        body=_body_of(news),
        digest=digest,
        live=False,
    )
    _save_draft(issue, actor)
    record(actor, "issue.prepared", issue, changes=digest.items.count())
    return issue


@transaction.atomic
def discard(issue: Issue, actor: Any) -> None:
    """Throw a draft away; the news from which it was composed wait for the next one again.

    Raises:
        BulletinError: it was sent, or waits for its hour or for a reviewer.
    """
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.sent_at is not None:
        raise BulletinError(_("Ya se envió: no se borra. Para quitarlo del sitio se despublica."))
    if issue.workflow_in_progress or issue.approved_schedule:
        raise BulletinError(_("Está en revisión o programado: primero se cancela eso."))
    record(actor, "issue.discarded", issue)
    issue.delete()


def _save_draft(issue: Issue, actor: Any) -> None:
    issue.save()
    log(instance=issue, action="wagtail.create", user=actor, content_changed=True)
    issue.save_revision(user=actor)


def _news_of(digest: Digest) -> News:
    """Return what is public of a digest."""
    news: News = defaultdict(lambda: defaultdict(list))
    items = digest.items.filter(is_silent=False, change__publication__is_public=True)
    for item in items.select_related("change__publication").order_by("-change__at", "-change_id"):
        publication = item.change.publication
        news[publication.kind][publication.pk].append(item.change)
    return news


def _introduction(news: News) -> str:
    count = sum(map(len, news.values()))
    names = ", ".join(sorted(_many(kind).lower() for kind in news))
    told = ngettext(
        "Este número trae %(n)s novedad: %(kinds)s.",
        "Este número trae %(n)s novedades: %(kinds)s.",
        count,
    )
    return told % {"n": count, "kinds": names}


def _body_of(news: News) -> list[tuple[str, Any]]:
    """Return the blocks of a draft: what is new by kind, the weightiest first."""
    body: list[tuple[str, Any]] = []
    room, left = IN_ALL, 0
    for kind in [name for name in registry.kinds if name in news]:
        groups = sorted(news[kind].values(), key=lambda rows: -rows[0].publication.weight)
        shown = groups[: min(OF_A_KIND, room)]
        left += len(groups) - len(shown)
        room -= len(shown)
        if shown:
            body.append(("heading", _many(kind)))
            body += [("novelty", _novelty(rows)) for rows in shown]
    if left:
        said = ngettext(
            "Hay %(n)s novedad más en el sitio.", "Hay %(n)s novedades más en el sitio.", left
        ) % {"n": left}
        rest = {"title": _("Todo lo nuevo"), "text": said, "link": "/boletin/novedades/"}
        body.append(("novelty", rest))
    return body or [("text", "")]


def _novelty(rows: list[Change]) -> dict[str, str]:
    publication: Publication = rows[0].publication
    sentences = list(dict.fromkeys(row.sentence for row in rows))[:3]
    bare = [
        one.removeprefix(publication.title).removeprefix(":").strip() or one for one in sentences
    ]
    text = "; ".join(bare)
    return {
        "title": publication.title,
        "text": text[:1].upper() + text[1:] + ("." if text and not text.endswith(".") else ""),
        "link": publication.path,
    }


def _many(kind: str) -> str:
    words = registry.kinds.get(kind)
    return str(words.many) if words is not None else kind


# --- Coming out ---------------------------------------------------------------------------------


def issue_published(pk: int, *, actor: Any) -> None:
    """Write the line of an issue; the first time it is mailed. Call it inside ``public_change``."""
    issue = Issue.objects.get(pk=pk)
    first = issue.sent_at is None
    if first:
        issue.sent_at = timezone.now()
        issue.audience = audience(issue.sent_at).count()
        Issue.objects.filter(pk=pk).update(sent_at=issue.sent_at, audience=issue.audience)
        record(actor, "issue.sent", issue, addressees=issue.audience)
    _write_line(issue, what=Change.What.PUBLISHED if first else Change.What.CORRECTED, actor=actor)


def _write_line(issue: Issue, *, what: str, actor: Any = None) -> None:
    told = _sentences(issue, what)
    publish_entry(
        kind=KIND,
        key=str(issue.number),
        title=issue.title,
        path=issue.path,
        summary=issue.introduction,
        search_text=" ".join([issue.introduction, *words_of(issue)]),
        weight=0.8,
        what=what,
        sentence=told[0],
        sentence_en=told[1],
        actor=actor,
    )


def _sentences(issue: Issue, what: str) -> tuple[str, str]:
    name = {"number": issue.number, "title": issue.title}
    if what == Change.What.CORRECTED:
        return (
            "Boletín {number}: «{title}», corregido".format(**name),
            "Bulletin {number}: “{title}”, corrected".format(**name),
        )
    return (
        "Boletín {number}: «{title}»".format(**name),
        "Bulletin {number}: “{title}”".format(**name),
    )


def words_of(issue: Issue) -> list[str]:
    """Return the words of an issue, for search."""
    words = []
    for block in issue.body:
        if block.block_type == "novelty":
            words += [block.value["title"], block.value["text"]]
        else:
            words.append(str(block.value))
    return words


def issue_withdrawn(issue: Issue, *, actor: Any) -> None:
    """Write that an issue left the public; what was mailed stays with whoever has it."""
    if Publication.objects.filter(kind=KIND, key=str(issue.number), is_public=True).exists():
        withdraw_entry(
            kind=KIND,
            key=str(issue.number),
            sentence=f"Boletín {issue.number}: se retiró del sitio",
            sentence_en=f"Bulletin {issue.number}: withdrawn from the site",
            actor=actor,
        )


def publish_example(issue: Issue) -> None:
    """Publish an issue that comes with the demo: an example, mailed to nobody.

    Call it inside ``public_change``.
    """
    issue.is_example = True
    issue.live = True
    now = timezone.now()
    issue.sent_at = issue.queued_at = now
    issue.first_published_at = issue.last_published_at = now
    issue.save()
    revision = issue.save_revision(changed=False)
    Issue.objects.filter(pk=issue.pk).update(live_revision=revision, has_unpublished_changes=False)
    _write_line(issue, what=Change.What.INITIAL)


@transaction.atomic
def send_trial(issue: Issue, actor: Any) -> str:
    """Mail the draft to whoever asks for it, as subscribers will see it; return the address.

    Raises:
        BulletinError: that account has no e-mail address.
    """
    if not actor.email:
        raise BulletinError(_("Esta cuenta no tiene correo: se anota en el perfil."))
    draft = issue.get_latest_revision_as_object()
    with override("es-mx"):
        written = write_issue(draft)
        nowhere = absolute("/boletin/suscribir/")
    queue(
        kind=TRIAL,
        subject=_("[Prueba] %(subject)s") % {"subject": written.subject},
        text=written.text,
        html=written.html,
        to=[Addressee(actor.email, {"unsubscribe_url": nowhere, "preferences_url": nowhere})],
        reply_to=Institute.load().contact_email,
    )
    record(actor, "issue.trial_sent", issue)
    return str(actor.email)
