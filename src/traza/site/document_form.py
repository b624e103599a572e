"""The form with which staff upload a document: what is too large, or not what it says, is told."""

from typing import Any

from django import forms
from django.conf import settings
from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """A document of a size that readers can download, and a PDF that is one."""

    def clean_file(self) -> Any:
        """Refuse a file that is too large or is not the PDF that its name says."""
        file = self.cleaned_data.get("file")
        if not file or "file" not in self.changed_data:
            return file
        most = settings.TRAZA_MAX_UPLOAD_MB
        if file.size > most * 1024 * 1024:
            raise forms.ValidationError(
                f"El archivo pesa {file.size / 1024 / 1024:,.1f} MB y caben {most} MB. Conviene "
                "comprimir sus imágenes o partirlo."
            )
        if file.name.lower().endswith(".pdf"):
            begins = file.read(1024)
            file.seek(0)
            if not begins.lstrip().startswith(b"%PDF-"):
                raise forms.ValidationError(
                    "El archivo se llama .pdf y no lo es. Conviene volver a exportarlo como PDF."
                )
        return file
