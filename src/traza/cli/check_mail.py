"""Mail as ``traza check`` sees it: how it goes out, and what the domain has to say of it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from traza.foundation.mail.compose import own_domain
from traza.foundation.mail.queries import failing_server
from traza.foundation.mail.signing import public_record

Finding = tuple[str, str]
LOCAL = {"localhost", "127.0.0.1", "::1"}


def mail_settings() -> Iterator[Finding]:
    """Yield what the settings say of outgoing mail, and the records that the domain needs."""
    host = settings.TRAZA_EMAIL_HOST
    if not host:
        yield (
            "aviso",
            "No hay servidor de correo (TRAZA_EMAIL_HOST): cada correo queda como un archivo en "
            "mail/ y a nadie le llega.",
        )
        return
    safe = {"none": "sin cifrar", "starttls": "con STARTTLS", "tls": "con TLS"}
    user = f"como {settings.TRAZA_EMAIL_USER}" if settings.TRAZA_EMAIL_USER else "sin usuario"
    how = safe[settings.TRAZA_EMAIL_SECURITY]
    yield "bien", f"El correo sale por {host}:{settings.TRAZA_EMAIL_PORT}, {how}, {user}."
    if settings.TRAZA_EMAIL_SECURITY == "none" and host not in LOCAL:
        what = "el correo y la clave viajan" if settings.TRAZA_EMAIL_USER else "el correo viaja"
        yield (
            "aviso",
            f"Hasta {host} {what} sin cifrar. Se escribe TRAZA_EMAIL_SECURITY=starttls (puerto "
            "587) o tls (puerto 465).",
        )
    yield from _domain(own_domain(settings.DEFAULT_FROM_EMAIL))


def mail_server() -> Iterator[Finding]:
    """Yield whether the server answers, as the last attempt saw it."""
    server = failing_server()
    if server is not None:
        yield "mal", f"El servidor de correo no responde: {server.reason}"


def _domain(domain: str) -> Iterator[Finding]:
    if "." not in domain or domain in LOCAL:
        yield (
            "mal",
            f"El remitente es «{settings.DEFAULT_FROM_EMAIL}»: nadie acepta correo de ese dominio. "
            "Se escribe otro en TRAZA_EMAIL_FROM.",
        )
        return
    if settings.TRAZA_DKIM_SELECTOR:
        yield "bien", f"El correo se firma (DKIM) por {domain}."
        name = f"{settings.TRAZA_DKIM_SELECTOR}._domainkey.{domain}"
        yield "nota", f"DNS, DKIM: en {name}, un registro TXT con «{public_record()}»"
    else:
        yield (
            "aviso",
            "El correo sale sin firmar. Lo firma el servidor de correo, si sabe hacerlo, o Traza "
            "con TRAZA_DKIM_SELECTOR y TRAZA_DKIM_KEY_FILE; sin firma, mucho acaba como no "
            "deseado.",
        )
    host = settings.TRAZA_EMAIL_HOST
    by = urlsplit(settings.TRAZA_BASE_URL).hostname if host in LOCAL else host
    yield (
        "nota",
        f"DNS, SPF: en {domain}, un solo registro TXT que nombre a quien entrega el correo, por "
        f"ejemplo «v=spf1 a:{by} -all» (el proveedor dice cuál es el suyo).",
    )
    yield (
        "nota",
        f"DNS, DMARC: en _dmarc.{domain}, un registro TXT «v=DMARC1; p=none; "
        f"rua=mailto:postmaster@{domain}»; cuando los informes estén limpios, p=quarantine.",
    )
