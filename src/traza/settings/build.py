"""Which build of the code this is: stored pages of another one are never served."""

import hashlib
from pathlib import Path

#: What a page is made of. Compiled translations and the front end's manifest count too.
_KINDS = {".py", ".html", ".svg", ".mo", ".json"}


def build_of(package: Path) -> str:
    """Return twelve hexadecimal digits of the content of the package's code and templates."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.suffix in _KINDS and file.is_file():
            digest.update(f"{file.relative_to(package)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
