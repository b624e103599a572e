"""Letters broken by a wrong encoding: «TorreÃ³n» for «Torreón»."""

import re

_BROKEN = re.compile("[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—™š›œžŸ]|â€|\ufffd|ï»¿")


def is_broken(text: str) -> bool:
    """Return whether the text shows signs of having been read in the wrong encoding."""
    return bool(_BROKEN.search(text))


def mended(text: str) -> str:
    """Return the text with the encoding put right, or as it is when that cannot be done."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text
