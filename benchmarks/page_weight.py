"""What a first view of an indicator page weighs, compressed, until someone interacts.

Every indicator page is weighed with its style sheets; the middle one and the heaviest are also
opened in Chromium, where there is one, which tells all that a reader's browser really fetches.
"""

import re
import shutil
from typing import Any
from urllib.parse import urljoin, urlsplit

from benchmarks.homes import folder, inside
from benchmarks.processes import Server
from benchmarks.report import Line, Options, run_alone, say
from benchmarks.sites import get, site

_SHEET = re.compile(r'<link[^>]+rel="stylesheet"[^>]*>')
_HREF = re.compile(r'href="([^"]+)"')


def measure(options: Options) -> list[Line]:
    """Weigh all indicator pages (every tenth unless ``--full``)."""
    with folder(options.home) as home:
        paths = [str(path) for path in inside("demo", home)["indicators"]]
        paths = paths if options.full else paths[::10] or paths
        say(f"page weight: {len(paths)} pages")
        with site(home) as server:
            weights = sorted((_weight(server, path), path) for path in paths)
            middle, heaviest = weights[len(weights) // 2], weights[-1]
            lines = [
                Line(
                    f"{which}: HTML + CSS + chart ({path})",
                    f"{weight / 1000:.1f} kB",
                    "≤ 30 kB",
                    ok=weight <= 30_000,
                )
                for which, (weight, path) in (("middle page", middle), ("heaviest", heaviest))
            ]
            heavy = sum(weight > 30_000 for weight, _ in weights)
            lines.append(Line("pages over 30 kB", f"{heavy} of {len(weights)}"))
            for which, (_, path) in (("middle page", middle), ("heaviest", heaviest)):
                lines += _in_browser(server, path, which)
        return lines


def _weight(server: Server, path: str) -> int:
    """Return the compressed bytes of a page and of its style sheets."""
    page = get(server, path)
    if page.status != 200:
        raise RuntimeError(f"{path} answered {page.status}")
    text = page.body.decode()
    sheets = [_HREF.search(link) for link in _SHEET.findall(text) if "print" not in link]
    paths = [urlsplit(urljoin(path, found[1])) for found in sheets if found]
    asked = [p.path + (f"?{p.query}" if p.query else "") for p in paths]
    return len(page.sent) + sum(len(get(server, one).sent) for one in asked)


def _in_browser(server: Server, path: str, which: str) -> list[Line]:
    """Return what Chromium fetched for a first view, by kind."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return [Line(f"{which} in a browser", "not measured: Chromium is not here")]
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        kinds: dict[str, str] = {}
        sizes: dict[str, float] = {}
        foreign: list[str] = []

        def answered(event: dict[str, Any]) -> None:
            kinds[event["requestId"]] = event["type"]
            address = event["response"]["url"]
            if address.startswith("http") and not address.startswith(server.url):
                foreign.append(address)

        def finished(event: dict[str, Any]) -> None:
            sizes[event["requestId"]] = event["encodedDataLength"]

        session.on("Network.responseReceived", answered)
        session.on("Network.loadingFinished", finished)
        page.goto(server.url + path, wait_until="networkidle")
        browser.close()
    by_kind: dict[str, float] = {}
    for request, size in sizes.items():
        kind = kinds.get(request, "Other")
        by_kind[kind] = by_kind.get(kind, 0) + size / 1000
    fonts, total = by_kind.get("Font", 0), sum(by_kind.values())
    parts = ", ".join(f"{kind} {size:.1f}" for kind, size in sorted(by_kind.items()))
    return [
        Line(f"{which}: fonts", f"{fonts:.1f} kB", "≤ 60 kB", ok=fonts <= 60),
        Line(f"{which}: in all", f"{total:.1f} kB", "≤ 100 kB", parts, ok=total <= 100),
        Line(f"{which}: external requests", str(len(foreign)), "none", ok=not foreign),
    ]


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
