"""Writes of the site: the home page that always exists and pages brought by a data package."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from traza.foundation.front_matter import read_front_matter
from traza.publishing.revision import public_change
from traza.site.directory_files import matters_of, offices_of
from traza.site.models import (
    STORIES,
    ContactPage,
    DirectoryPage,
    FAQPage,
    HomePage,
    StandardPage,
    TransparencyPage,
)

_KINDS = {
    "faq": FAQPage,
    "contact": ContactPage,
    "directory": DirectoryPage,
    "transparency": TransparencyPage,
    "page": StandardPage,
}
#: The field of a page in which its blocks are.
_HOLDS = {"directory": "offices", "transparency": "matters"}
#: Pages of ours that every institute begins with.
_OWN_WORDS = Path(__file__).parent / "words"
_TAGS = {"p", "ul", "ol", "li", "a", "strong", "em", "b", "i", "br"}


@dataclass(frozen=True)
class PageFile:
    """One ``pages/*.md`` of a data package."""

    slug: str
    title: str
    kind: str
    introduction: str
    blocks: list[tuple[str, object]]


def ensure_home(title: str = "Inicio") -> HomePage:
    """Return the home page, making it (and Wagtail's site record) where there is none."""
    home: HomePage | None = HomePage.objects.first()
    if home is not None:
        ensure_story_lists(home)
        return home
    root = _root()
    # Wagtail's own migrations leave a welcome page in the place of the home.
    welcome = Page.objects.filter(depth=2, slug="home").exclude(content_type__model="homepage")
    Site.objects.filter(root_page__in=welcome).delete()
    welcome.delete()
    Page.objects.filter(pk=root.pk).update(title="Páginas", draft_title="Páginas")
    root.refresh_from_db()
    home = HomePage(title=title, slug="inicio", live=True)
    root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    ensure_story_lists(home)
    return home


def ensure_story_lists(home: HomePage) -> None:
    """Make the lists of stories where there are none."""
    for _kind, index in STORIES:
        if not index.objects.exists():
            now = timezone.now()
            with override("es-mx"):
                title = str(index.section_title)
            page = index(
                title=title,
                slug=index.own_slug,
                live=True,
                first_published_at=now,
                last_published_at=now,
            )
            home.add_child(instance=page)
            home.refresh_from_db()


def _root() -> Page:
    """Return the root of all pages, which migrations make; an emptied database has none."""
    root = Page.get_first_root_node()
    if root is None:
        Locale.objects.get_or_create(
            language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
        )
        root = Page.add_root(title="Root", slug="root")
    return root


def load_package_pages(package: Path) -> list[str]:
    """Create the pages that a data package brings in its folder ``pages``; see `load_pages`."""
    return [*load_pages(package / "pages"), *load_own_pages()]


def load_own_pages() -> list[str]:
    """Create the pages that every institute begins with: the statement of accessibility."""
    return load_pages(_OWN_WORDS)


def load_pages(folder: Path) -> list[str]:
    """Create the pages of ``folder/*.md`` that do not exist yet and return their addresses.

    A page that staff already have is left as it is: the package is an example, their words win.
    """
    made = []
    home = ensure_home()
    for file in sorted(folder.glob("*.md")):
        content = read_page_file(file)
        if Page.objects.child_of(home).filter(slug=content.slug).exists():
            continue
        now = timezone.now()
        page = _KINDS[content.kind](
            title=content.title,
            slug=content.slug,
            introduction=content.introduction,
            **{_HOLDS.get(content.kind, "body"): content.blocks},
            live=True,
            first_published_at=now,
            last_published_at=now,
            show_in_menus=True,
        )
        page.is_first_load = True
        with public_change():
            home.add_child(instance=page)
            page.live_revision = page.save_revision(changed=False)
            page.save(update_fields=["live_revision"])
        made.append(page.public_path)
        home.refresh_from_db()
    return made


def read_page_file(file: Path) -> PageFile:
    """Read front matter (title, slug, kind) and Markdown; raise PageFileError naming the file."""
    fields, text = read_front_matter(file, needed=("title", "slug"))
    kind = fields.get("kind", "page")
    if kind == "directory":
        introduction, blocks = offices_of(text)
    elif kind == "transparency":
        introduction, blocks = matters_of(text)
    else:
        introduction, blocks = _blocks(text, as_questions=kind == "faq")
    return PageFile(
        slug=fields["slug"],
        title=fields["title"],
        kind=kind if kind in _KINDS else "page",
        introduction=introduction,
        blocks=blocks,
    )


def _blocks(markdown: str, *, as_questions: bool) -> tuple[str, list[tuple[str, object]]]:
    """Cut Markdown at its second-level headings; what stands before the first introduces."""
    parts = re.split(r"^##\s+(.+)$", markdown, flags=re.MULTILINE)
    lead = re.sub(r"^#\s+.*$", "", parts[0], flags=re.MULTILINE).strip()
    blocks: list[tuple[str, object]] = []
    if lead:
        blocks.append(("text", html_of(lead)))
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        if as_questions:
            blocks.append(("question", {"question": heading.strip(), "answer": html_of(text)}))
        else:
            blocks.append(("heading", heading.strip()))
            blocks.append(("text", html_of(text)))
    return "", blocks


def html_of(markdown: str) -> str:
    """Return Markdown as the HTML that staff could have written, nothing else."""
    import nh3  # a site that runs reads no Markdown: it comes with a package
    from markdown_it import MarkdownIt

    return nh3.clean(MarkdownIt().render(markdown.strip()), tags=_TAGS)
