"""Stored pages in the data folder.

``<TRAZA_HOME>/pages/<build>/<revision>/<host>/<ab>/<hash of the path>.page``: names are hashes,
so no request can name a file outside; one file holds all encodings, so that a page is replaced
whole or not at all. A file begins with one line of JSON (headers, digest and lengths), then the
bytes. Of a large page only that line is read: whoever is answered takes what they ask for.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import orjson

from traza.publishing.store.page import Body, OnDisk, StoredPage, assemble_page

#: The bytes of a larger page stay on disk: in memory each would push out hundreds of others.
LARGE = 512 * 1024


class PageDisk:
    """Reads and writes the stored pages of one build."""

    def __init__(self, root: Path, build: str) -> None:
        self.root = root
        self.folder = root / build

    def path(self, revision: int, host: str, address: str) -> Path:
        """Return where a page of a revision is kept."""
        name = hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()
        owner = hashlib.sha256(host.encode()).hexdigest()[:16]
        return self.folder / str(revision) / owner / name[:2] / f"{name[2:]}.page"

    def read(self, revision: int, host: str, address: str) -> StoredPage | None:
        """Return the page, or None where it is not kept or its file is damaged."""
        file = self.path(revision, host, address)
        try:
            with file.open("rb") as source:
                described = orjson.loads(source.readline())
                start, size = source.tell(), os.fstat(source.fileno()).st_size
                if size - start != sum(length for _name, length in described["lengths"]):
                    raise ValueError("cut short")
                bodies: dict[str, Body] = {}
                for encoding, length in described["lengths"]:
                    if size > LARGE:
                        bodies[encoding] = OnDisk(file, start, start + length)
                    else:
                        bodies[encoding] = source.read(length)
                    start += length
            headers = [(name, value) for name, value in described["headers"]]
            return assemble_page(revision, headers, bodies, described["digest"])
        except OSError:
            return None
        except (ValueError, KeyError, TypeError):
            with suppress(OSError):
                file.unlink()
            return None

    def holds(self, revision: int, host: str, address: str) -> bool:
        """Tell whether the page is kept, without reading it."""
        return self.path(revision, host, address).exists()

    def write(self, page: StoredPage, host: str, address: str) -> None:
        """Keep a page, atomically; a full disk loses the copy, never the answer."""
        file = self.path(page.revision, host, address)
        described = {
            "headers": page.headers,
            "digest": page.digest,
            "lengths": [(name, len(encoded.body)) for name, encoded in page.encoded.items()],
        }
        bodies = [one.body for one in page.encoded.values() if isinstance(one.body, bytes)]
        parts = [orjson.dumps(described), b"\n", *bodies]
        temporary = ""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
            with os.fdopen(descriptor, "wb") as out:
                out.writelines(parts)
            Path(temporary).replace(file)
        except OSError:
            with suppress(OSError):
                if temporary:
                    Path(temporary).unlink()

    def revisions(self) -> list[int]:
        """Return the revisions of which pages are kept, oldest first."""
        with suppress(OSError):
            return sorted(int(p.name) for p in self.folder.iterdir() if p.name.isdigit())
        return []

    def prune(self, current: int) -> None:
        """Remove what readers no longer see: older builds, and revisions before the previous."""
        kept = [r for r in self.revisions() if r <= current][-2:]
        for revision in self.revisions():
            if revision < current and revision not in kept:
                shutil.rmtree(self.folder / str(revision), ignore_errors=True)
        with suppress(OSError):
            builds = [p for p in self.root.iterdir() if p.is_dir() and p != self.folder]
            newest_first = sorted(builds, key=lambda p: p.stat().st_mtime, reverse=True)
            for build in newest_first[1:]:
                shutil.rmtree(build, ignore_errors=True)
