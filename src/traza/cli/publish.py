"""``traza publish``: every page that is rendered ahead, and the files built after them."""

from traza.cli.install import require_home
from traza.cli.parser import Parser
from traza.cli.say import fail, say
from traza.foundation.progress import Progress, in_words
from traza.publishing.publication import build_artefacts
from traza.publishing.publication import publish as publish_pages


def run(arguments: list[str]) -> None:
    """Publish; what is already stored is left, so an interrupted one goes on."""
    parser = Parser(
        "publish",
        "Prepara las páginas y los archivos públicos. Interrumpida, continúa.",
    )
    parser.add_argument("--processes", type=int, help="procesos a la vez (si no, los del equipo)")
    parser.add_argument("--no-files", action="store_true", help="solo páginas")
    given = parser.parse_args(arguments)
    require_home()
    if not publish(processes=given.processes, files=not given.no_files):
        fail("Algunas páginas no se pudieron preparar; el sitio las intentará cuando se pidan.")


def publish(*, processes: int | None = None, files: bool = True) -> bool:
    """Publish with a progress bar and say how it went; tell whether all went well."""
    bars: list[Progress] = []

    def begin(total: int) -> Progress:
        bars.append(Progress(total, "Páginas"))
        return bars[-1]

    report = publish_pages(processes=processes, progress=begin, step=lambda bar: bar.step())
    if bars:
        bars[-1].close()
    say(
        f"{report.pages:,} páginas en {in_words(report.seconds)} "
        f"({report.pages_per_second:.0f} por segundo); {report.skipped:,} ya estaban."
    )
    for path, error in report.failed[:20]:
        say(f"  No se pudo preparar {path}: {error}")
    for path in report.not_kept[:20]:
        say(f"  {path} no respondió con una página que se pueda guardar.")
    broken = build_artefacts(lambda name: say(f"Archivos: {name}…")) if files else []
    for name, error in broken:
        say(f"  No se pudo construir {name}: {error}")
    return not (report.failed or report.not_kept or broken)
