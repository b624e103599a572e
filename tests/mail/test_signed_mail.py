"""With a key, each mail carries a DKIM signature that holds; what was changed on the way shows."""

from collections.abc import Callable
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.mail.judge import faults
from tests.mail.smtp_server import Mailbox
from traza.cli.check_mail import mail_settings
from traza.foundation.mail.models import MailMessage
from traza.foundation.mail.sending import send_due
from traza.foundation.mail.signing import public_record
from traza.foundation.setting_error import SettingError
from traza.settings.mail import dkim_key

Maker = Callable[..., MailMessage]


def pem(key: Any, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    return str(key.private_bytes(Encoding.PEM, form, NoEncryption()).decode())


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def signing(settings: Any, key: rsa.RSAPrivateKey) -> None:
    settings.TRAZA_DKIM_SELECTOR, settings.TRAZA_DKIM_KEY = "traza", pem(key)


def verified(raw: bytes) -> bool:
    """Judge a signature with the record that the domain is told to publish."""

    def record(name: bytes, timeout: int = 5) -> bytes | None:
        known = b"traza._domainkey.implan.example."
        return public_record().encode() if name == known else None

    return bool(dkim.verify(raw, dnsfunc=record))


def signed_headers(raw: bytes) -> set[bytes]:
    signature = dkim.parse_tag_value(
        dict(dkim.rfc822_parse(raw)[0])[b"DKIM-Signature"].replace(b"\r\n", b"")
    )
    return {name.strip().lower() for name in signature[b"h"].split(b":")}


def test_a_mailing_is_signed_with_its_way_out(
    signing: None, mailbox: Mailbox, mailing: Maker
) -> None:
    mailing(1, html="<p>Ñandú</p>")
    send_due()
    ((_address, raw),) = mailbox.received
    assert verified(raw) and faults(raw, listed=True) == []
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from", b"to", b"subject"} <= (
        signed_headers(raw)
    )


@pytest.mark.parametrize(
    ("whole", "changed"),
    [(b"Hola, Ana.", b"Hola, Eva."), (b"Subject: Hola", b"Subject: Paga"),
     (b"From: ", b"From: x@malo.example\r\nFrom: "), (b"d=implan.example", b"d=malo.example")],
)  # fmt: skip
def test_what_is_changed_on_the_way_shows(
    whole: bytes, changed: bytes, signing: None, mailbox: Mailbox, letter: Maker
) -> None:
    letter()
    send_due()
    ((_address, raw),) = mailbox.received
    assert verified(raw) and whole in raw
    assert not verified(raw.replace(whole, changed, 1))


def test_without_a_key_nothing_is_signed(mailbox: Mailbox, letter: Maker) -> None:
    letter()
    send_due()
    assert b"DKIM-Signature" not in mailbox.received[0][1]


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_keys_in_both_usual_forms_are_read(
    form: PrivateFormat, key: rsa.RSAPrivateKey, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "dkim.pem"
    file.write_text(pem(key, form))
    monkeypatch.setenv("TRAZA_DKIM_SELECTOR", "traza")
    monkeypatch.setenv("TRAZA_DKIM_KEY_FILE", str(file))
    assert dkim_key() == ("traza", file.read_text().strip())


def test_a_key_that_cannot_sign_stops_the_start_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    short = pem(rsa.generate_private_key(65537, 1024))
    curve = pem(ec.generate_private_key(ec.SECP256R1()))
    for selector, text, said in (
        ("traza", "", "hacen falta las dos"),
        ("", short, "hacen falta las dos"),
        ("traza", "no es una clave", "no es una clave privada PEM"),
        ("traza", short, "2048"),
        ("traza", curve, "RSA"),
        ("a.b c", short, "TRAZA_DKIM_SELECTOR"),
    ):
        monkeypatch.setenv("TRAZA_DKIM_SELECTOR", selector)
        monkeypatch.setenv("TRAZA_DKIM_KEY", text)
        with pytest.raises(SettingError, match=said):
            dkim_key()


def test_check_says_what_is_set_and_what_the_domain_still_needs(
    settings: Any, key: rsa.RSAPrivateKey
) -> None:
    def said() -> str:
        return "\n".join(f"{mark}: {sentence}" for mark, sentence in mail_settings())

    settings.TRAZA_EMAIL_HOST = ""
    assert said().startswith("aviso: No hay servidor de correo")
    settings.TRAZA_EMAIL_HOST, settings.TRAZA_EMAIL_PORT = "smtp.proveedor.example", 587
    settings.DEFAULT_FROM_EMAIL = "no-responder@localhost"
    assert "mal: El remitente es «no-responder@localhost»" in said()
    settings.DEFAULT_FROM_EMAIL = "Instituto <boletin@implan.example>"
    settings.TRAZA_EMAIL_SECURITY, settings.TRAZA_EMAIL_USER = "none", "traza"
    assert "el correo y la clave viajan sin cifrar" in said()
    assert "aviso: El correo sale sin firmar" in said()
    settings.TRAZA_EMAIL_SECURITY = "starttls"
    settings.TRAZA_DKIM_SELECTOR, settings.TRAZA_DKIM_KEY = "traza", pem(key)
    words = said()
    assert "bien: El correo sale por smtp.proveedor.example:587, con STARTTLS" in words
    assert "sin cifrar" not in words and "aviso" not in words
    assert f"traza._domainkey.implan.example, un registro TXT con «{public_record()}»" in words
    assert "v=spf1 a:smtp.proveedor.example -all" in words
    assert "_dmarc.implan.example" in words and "v=DMARC1" in words
    assert "PRIVATE" not in words
