"""A program that writes the words of a PDF, run apart from the site: ``python -m … FILE``.

Whoever made the file may mean harm: it runs in a process of its own, with little memory and time,
no secrets in its environment, and in Python only. It imports nothing of Django. What it prints is
JSON: pages, text, whether it stopped before the end, and why nothing could be read.
"""

import json
import sys
import time
from typing import Any

#: Seconds of work after which the pages not yet read are left out, and after which it is killed.
SECONDS, KILLED = 90, 120
MEMORY = 768 * 1024 * 1024
#: Words beyond these are not worth an index.
MOST_PAGES, MOST_LETTERS = 2_000, 1_500_000


def limit() -> None:
    """Bind this process to little memory and time, and to no file it could write."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (KILLED, KILLED))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: str) -> dict[str, Any]:
    """Return the words of a file, as many as the limits let."""
    from pypdf import PdfReader

    until = time.monotonic() + SECONDS
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"refused": "encrypted"}
    count = len(reader.pages)
    words: list[str] = []
    letters, done = 0, 0
    for number in range(min(count, MOST_PAGES)):
        if time.monotonic() > until or letters > MOST_LETTERS:
            break
        try:
            text = reader.pages[number].extract_text()
        except (MemoryError, RecursionError):
            break
        except Exception:
            done += 1
            continue
        words.append(text)
        letters += len(text)
        done += 1
    return {"pages": count, "text": "\n".join(words)[:MOST_LETTERS], "partly": done < count}


def main() -> None:
    """Read the file of the first argument and print what it says."""
    limit()
    try:
        said = read(sys.argv[1])
    except Exception as error:
        said = {"refused": type(error).__name__}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
