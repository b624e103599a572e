"""Texts that people are told or agree to where their data are asked; each wording is kept."""

from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import override

from traza.foundation.audit import record
from traza.foundation.language import language


class Wording(models.Model):
    """One version of such a text; rows are only added, and the last one is in force."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField("texto")
    text_en = models.TextField("texto en inglés", blank=True)
    since = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"versión {self.version}"

    @staticmethod
    def default_words() -> str:
        """Return the words of an institute without its own, in the language in force."""
        raise NotImplementedError


Kind = TypeVar("Kind", bound=Wording)


def shown(kind: type[Kind]) -> str:
    """Return the words in force in the language in force."""
    wording = kind._default_manager.first()
    if wording is None:
        return kind.default_words()
    return wording.text_en or wording.text if language() == "en" else wording.text


def in_force(kind: type[Kind]) -> Kind:
    """Return the version in force; the first one is written when it is first needed."""
    wording = kind._default_manager.first()
    if wording is None:
        with override("es-mx"):
            text = kind.default_words()
        with override("en"):
            text_en = kind.default_words()
        wording, _made = kind._default_manager.get_or_create(
            version=1, defaults={"text": text, "text_en": text_en}
        )
    return wording


def write(kind: type[Kind], text: str, text_en: str, *, actor: Any, action: str) -> Kind:
    """Add a version; call it inside a transaction. ``action`` names it in the audit."""
    wording = kind._default_manager.create(
        version=in_force(kind).version + 1, text=text, text_en=text_en, written_by=actor
    )
    record(actor, action, wording)
    return wording
