"""Letters to whoever wrote, in the language in which they wrote.

A letter that cannot be queued never stops what it tells about: staff see the problem, and the page
where the message is followed says the same.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from traza.foundation.language import prefix
from traza.foundation.mail.actions import Addressee, MailError, queue
from traza.foundation.mail.models import MailMessage
from traza.foundation.models import Institute
from traza.foundation.templatetags.traza_dates import long_date
from traza.participation.models import Identity, Letter, Message, Reply

logger = logging.getLogger(__name__)
#: Names these letters in the outbox.
KIND = "contact"


def send_letter(message: Message, about: str, reply: Reply | None = None) -> Letter | None:
    """Queue a letter about a message; None where no address was left."""
    identity = Identity.objects.filter(message=message).first()
    if identity is None or not identity.sealed_email:
        return None
    problem, mail = "", None
    try:
        with transaction.atomic():
            mail = _queue(message, identity, about, reply)
    except MailError as error:
        problem = str(error)
    except Exception:
        logger.exception("No se pudo preparar el correo del folio %s", message.folio)
        problem = _("El correo no se pudo preparar; la causa está en el registro del servidor.")
    return Letter.objects.create(
        message=message, about=about, mail=mail, problem=problem[:250], at=timezone.now()
    )


def _queue(message: Message, identity: Identity, about: str, reply: Reply | None) -> MailMessage:
    address = identity.email
    if not address:
        raise MailError(_("El correo se guardó con otra clave secreta y no se puede leer."))
    with override("en" if message.language == "en" else "es-mx"):
        subject, body = _written(message, identity, about, reply)
    return queue(
        kind=KIND,
        subject=subject,
        # What people write goes in as a value: it is never read as a place to fill in.
        text="[[cuerpo]]",
        to=[Addressee(address, {"cuerpo": body})],
        reply_to=Institute.load().contact_email,
        private=True,
        repeat_in_doubt=True,
    )


def _written(
    message: Message, identity: Identity, about: str, reply: Reply | None
) -> tuple[str, str]:
    """Return subject and text, in the language in force."""
    institute = Institute.load()
    folio = {"folio": message.folio}
    parts: list[str] = []
    if about == Letter.About.RECEIVED:
        subject = _("Folio %(folio)s: se recibió") % folio
        parts.append(
            _("%(institute)s recibió un envío: %(kind)s.")
            % {"institute": institute.name, "kind": message.described.name}
        )
        parts.append(_("Folio: %(folio)s") % folio)
        parts.append(_("Se responde a más tardar el %(day)s.") % {"day": long_date(message.due_on)})
    elif about == Letter.About.QUESTION:
        subject = _("Folio %(folio)s: hace falta saber algo más") % folio
        parts.append(_("Para responder al folio %(folio)s, el instituto pregunta:") % folio)
    elif about == Letter.About.CLOSED:
        subject = _("Folio %(folio)s: se cerró") % folio
        parts.append(_("El folio %(folio)s se cerró por este motivo:") % folio)
        parts.append(message.closing_reason)
    else:
        subject = _("Folio %(folio)s: hay respuesta") % folio
        parts.append(_("Respuesta al folio %(folio)s:") % folio)
    if reply is not None:
        parts.append(reply.text)
        names = [file.name for file in reply.files.all()]
        if names:
            told = ngettext(
                "Con ella hay un archivo, que se descarga en la página de seguimiento: %(names)s",
                "Con ella hay archivos, que se descargan en la página de seguimiento: %(names)s",
                len(names),
            )
            parts.append(told % {"names": ", ".join(names)})
    parts.append(_where(identity, about))
    if about == Letter.About.RECEIVED:
        parts.append(_("Si alguien más usó este correo, basta con no hacer caso."))
    parts.append(institute.name)
    return subject, "\n\n".join(parts) + "\n"


def _where(identity: Identity, about: str) -> str:
    """Say where the message is followed; of old ones the address is not known any more."""
    if about == Letter.About.QUESTION:
        do = _("Se contesta en esta página, que solo debe abrir quien escribió:")
    elif about == Letter.About.CLOSED:
        do = _("Todo lo escrito queda en esta página, que solo debe abrir quien escribió:")
    else:
        do = _("Se sigue y se completa en esta página, que solo debe abrir quien escribió:")
    if not identity.secret:
        return _("Se sigue en la dirección que se dio al enviarlo.")
    return f"{do}\n{follow_address(identity.secret)}"


def follow_address(secret: str) -> str:
    """Return the whole address where a message is followed, in the language in force."""
    return f"{settings.TRAZA_BASE_URL}{prefix()}/contacto/seguimiento/{secret}/"
