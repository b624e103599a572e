"""Where mail goes: a mail server, or a folder where none is set.

A transport answers in one of three ways: an ``Answer`` of the server; ``ServerDown``, and the
message is certainly not delivered; ``InDoubt``, and nobody can know.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from traza.foundation.mail.models import MailDelivery
from traza.foundation.mail.rules import Answer

#: Servers close connections that carry too much.
PER_CONNECTION = 100


class ServerDown(Exception):
    """The server did not take the message for a cause of its own.

    ``tried``: it broke off while it was being given this very message.
    """

    def __init__(self, reason: str, *, tried: bool = False) -> None:
        super().__init__(reason)
        self.tried = tried


class InDoubt(Exception):
    """The whole message was given and the answer was lost."""


class Transport(Protocol):
    """A place that takes mail. ``repeatable``: to give the same mail twice leaves one."""

    repeatable: bool

    def connect(self) -> None:
        """Make sure that the place can be reached, or raise ServerDown."""

    def deliver(self, delivery: MailDelivery, raw: bytes, before_end: Callable[[], None]) -> Answer:
        """Give one message; call ``before_end`` when only its last byte is missing."""

    def close(self) -> None:
        """Leave."""


def transport() -> Transport:
    """Return the place that the settings name."""
    return SmtpTransport() if settings.TRAZA_EMAIL_HOST else FolderTransport()


def mail_folder() -> Path:
    """Return the folder where mail is written when there is no server."""
    return Path(settings.TRAZA_HOME) / "mail"


class FolderTransport:
    """Each mail is a file ``<token>.eml``; writing it again leaves the same file."""

    repeatable = True

    def connect(self) -> None:
        """Make the folder, which only the owner reads."""
        try:
            mail_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ServerDown(f"No se puede escribir en la carpeta de correo: {error}") from error

    def deliver(self, delivery: MailDelivery, raw: bytes, before_end: Callable[[], None]) -> Answer:
        """Write the file whole, or not at all."""
        path = mail_folder() / f"{delivery.token.hex}.eml"
        part = path.with_suffix(".part")
        try:
            part.write_bytes(raw)
            before_end()
            part.replace(path)
        except OSError as error:
            raise ServerDown(f"No se puede escribir en la carpeta de correo: {error}") from error
        return Answer(250, "2.0.0 escrito en la carpeta")

    def close(self) -> None:
        """Do nothing: there is no connection."""


class SmtpTransport:
    """One connection, kept for up to a hundred messages."""

    repeatable = False

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._carried = 0

    def connect(self) -> None:
        """Open the connection unless it is open and may carry more."""
        if self._smtp is not None and self._carried >= PER_CONNECTION:
            self.close()
        if self._smtp is not None:
            return
        smtp: smtplib.SMTP | None = None
        try:
            smtp = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerDown(_why(error)) from error
        self._smtp, self._carried = smtp, 0

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        host, port = settings.TRAZA_EMAIL_HOST, settings.TRAZA_EMAIL_PORT
        timeout = settings.TRAZA_EMAIL_TIMEOUT
        name = DNS_NAME.get_fqdn()
        smtp: smtplib.SMTP
        if settings.TRAZA_EMAIL_SECURITY == "tls":
            smtp = smtplib.SMTP_SSL(host, port, name, timeout=timeout, context=context)
        else:
            smtp = smtplib.SMTP(host, port, name, timeout=timeout)
        try:
            if smtp.sock is not None:
                # The last dot goes out alone: it must not wait for the body to be acknowledged.
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if settings.TRAZA_EMAIL_SECURITY == "starttls":
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
            if settings.TRAZA_EMAIL_USER:
                smtp.login(settings.TRAZA_EMAIL_USER, settings.TRAZA_EMAIL_PASSWORD)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def deliver(self, delivery: MailDelivery, raw: bytes, before_end: Callable[[], None]) -> Answer:
        """Say who writes to whom, give the message, and read the answer.

        The server owns the message only once it has read the line with the single dot: until
        ``before_end`` is over, a message is certainly not delivered.
        """
        self.connect()
        smtp = self._smtp
        if smtp is None:
            raise ServerDown("No hay conexión con el servidor de correo.")
        self._carried += 1
        try:
            refused = self._envelope(smtp, delivery)
            if refused is not None:
                return refused
            body = b"\r\n".join(
                b"." + line if line.startswith(b".") else line for line in raw.split(b"\r\n")
            )
            smtp.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise ServerDown(_why(error), tried=True) from error
        except BaseException:
            self._drop()
            raise
        try:
            before_end()
        except BaseException:
            self._drop()  # without the dot the server forgets the message
            raise
        try:
            smtp.send(b".\r\n")
            code, text = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise InDoubt(_why(error)) from error
        if code == 421:
            self._drop()
        return Answer(code, _text(text), "content")

    def _envelope(self, smtp: smtplib.SMTP, delivery: MailDelivery) -> Answer | None:
        """Go up to the point where the content may follow; return the answer of a refusal."""
        code, text = smtp.mail(parseaddr(delivery.message.sender)[1])
        if code != 250:
            self._reset(smtp)
            raise ServerDown(f"El servidor no acepta al remitente: {code} {_text(text)}")
        code, text = smtp.rcpt(delivery.address)
        if code == 421:
            raise smtplib.SMTPServerDisconnected(f"421 {_text(text)}")
        if code not in {250, 251}:
            self._reset(smtp)
            return Answer(code, _text(text), "recipient")
        code, text = smtp.docmd("DATA")
        if code == 421:
            raise smtplib.SMTPServerDisconnected(f"421 {_text(text)}")
        if code != 354:
            self._reset(smtp)
            return Answer(code, _text(text), "content")
        return None

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def close(self) -> None:
        """Say goodbye."""
        if self._smtp is None:
            return
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()
        self._smtp = None


def _text(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())


def _why(error: Exception) -> str:
    """Return the cause in one line that staff can pass on."""
    if isinstance(error, ssl.SSLError):
        return _why_not_safe(error)
    if isinstance(error, smtplib.SMTPNotSupportedError) and "STARTTLS" in str(error):
        return (
            "El servidor de correo no ofrece STARTTLS en este puerto; sin cifrar no se envía nada. "
            "Se revisan TRAZA_EMAIL_PORT y TRAZA_EMAIL_SECURITY."
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"El servidor no acepta el usuario o la clave: {error.smtp_code}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, TimeoutError):
        return "El servidor de correo no respondió a tiempo."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"El servidor cortó la conexión ({_text(str(error))})."
    return f"No hay conexión con el servidor de correo ({_text(str(error))})."


#: What OpenSSL finds wrong with a certificate, by its number.
_BAD_CERTIFICATE = {
    9: "todavía no es válido (¿está bien la hora de este servidor?)",
    10: "ya venció",
    18: "está firmado por sí mismo",
    19: "lo firma una autoridad en la que este servidor no confía",
    20: "lo firma una autoridad en la que este servidor no confía",
    62: "es de otro servidor",
    64: "es de otro servidor",
}


def _why_not_safe(error: ssl.SSLError) -> str:
    """Return why no safe connection came about; nothing was sent."""
    host, port = settings.TRAZA_EMAIL_HOST, settings.TRAZA_EMAIL_PORT
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _BAD_CERTIFICATE.get(error.verify_code, error.verify_message)
        return f"No se envió nada: el certificado de {host} {why}."
    if error.reason in {"WRONG_VERSION_NUMBER", "UNEXPECTED_EOF_WHILE_READING"}:
        return (
            f"{host} no habla TLS en el puerto {port}. Si usa STARTTLS (lo usual en el 587), se "
            "escribe TRAZA_EMAIL_SECURITY=starttls."
        )
    return f"No se pudo cifrar la conexión con {host}: {error.reason or error}."
