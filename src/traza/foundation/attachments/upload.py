"""What one request may bring: the rest of a file that is too large is read past, never kept.

The words sent along with it are kept all the same, so that a form can be shown again.
"""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

#: So many files at a time, and so many bytes in all.
MOST_FILES = 5
MOST_BYTES = 20 * 1024 * 1024
MOST_MB = MOST_BYTES // (1024 * 1024)


class BoundedUpload(FileUploadHandler):
    """Drops what is one file too many, or too large, and remembers its name."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.dropped: list[str] = []
        self.files = self.bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count a file that begins."""
        super().new_file(*args, **kwargs)
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count a part of a file and pass it on.

        One file too many is dropped here too: dropped when it begins, Django would close the one
        before it.
        """
        self.bytes += len(raw_data)
        if self.files > MOST_FILES or self.bytes > MOST_BYTES:
            self.dropped.append(str(self.file_name or ""))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""


def bound_uploads(request: HttpRequest) -> BoundedUpload:
    """Bound what the request brings; call it before anything reads the form."""
    bounded = BoundedUpload(request)
    request.upload_handlers = [bounded, *request.upload_handlers]
    return bounded
