"""Addresses that belong to the rooms: no Wagtail page can take one."""

#: First path segments that the URL configuration serves itself.
RESERVED_SEGMENTS = frozenset(
    {
        "admin", "analisis", "api", "aqui", "archivo", "boletin", "buscar", "capas", "comparar",
        "consejo", "consultas", "contacto", "convocatorias", "data.json", "datos", "en", "estudios",
        "eventos", "favicon.ico",
        "feed.atom", "feed.json", "i", "indicadores", "lugares", "mapas", "marca.css", "matriz",
        "media", "monitores", "noticias", "ogc", "planes", "proyectos", "robots.txt", "rss.xml",
        "salud", "sitemap.xml", "static", "tarjeta.png", "temas", "teselas",
    }
)  # fmt: skip


def is_reserved(slug: str) -> bool:
    """Return whether a first path segment is taken by a room, now or by the architecture."""
    return slug.casefold() in RESERVED_SEGMENTS
