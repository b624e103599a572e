"""Where uploaded files lie: documents under a folder that nobody guesses.

The web server hands over whatever is in the media folder. A document belongs to a page that may not
be public yet: only who was given its address finds it.
"""

import secrets
from pathlib import PurePosixPath

from django.core.files.storage import FileSystemStorage

#: The folder into which Wagtail uploads documents.
_DOCUMENTS = "documents"


class MediaStorage(FileSystemStorage):
    """Files in the media folder; each document gets a random folder of its own."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return ``documents/<random>/<name>`` for a new document, and other names as usual."""
        path = PurePosixPath(name.replace("\\", "/"))
        if path.parts[:1] == (_DOCUMENTS,) and len(path.parts) == 2:
            name = f"{_DOCUMENTS}/{secrets.token_urlsafe(9)}/{path.name}"
        return super().get_available_name(name, max_length)
