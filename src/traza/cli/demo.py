"""``traza demo``: the example of La Laguna, from an empty folder to an open site."""

import hashlib
import json
from pathlib import Path

from django.conf import settings

from traza.cli import serve as web
from traza.cli.install import Login, ensure_admin, prepare_home
from traza.cli.parser import Parser
from traza.cli.publish import publish
from traza.cli.say import Bars, fail, say
from traza.settings import env

USER = "demo"


def run(arguments: list[str]) -> None:
    """Prepare, load, publish, serve; each step is skipped where it is done already."""
    parser = Parser(
        "demo",
        "Carga un ejemplo completo y abre el sitio. Interrumpida, continúa.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="DIRECCIÓN", help="dirección en la que escucha"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=env.integer("TRAZA_PORT", 8000),
        metavar="N",
        help="puerto del sitio (si no, TRAZA_PORT o 8000)",
    )
    parser.add_argument("--no-serve", action="store_true", help="cargar y publicar, sin abrir")
    parser.add_argument("--package", type=Path, metavar="CARPETA", help="otro paquete de datos")
    given = parser.parse_args(arguments)
    package = given.package or find_package()
    if package is None or not (package / "datapackage.json").is_file():
        fail(
            "No se encontró el paquete del ejemplo (demo/laguna/datapackage.json). La orden "
            "se da desde la carpeta del proyecto, o con la ruta en TRAZA_DEMO."
        )
    prepare_home()
    login = _login()
    load(package)
    publish()
    if given.no_serve:
        _show(login)
        return
    web.serve(host=given.host, port=given.port, ready=lambda: _show(login))


def find_package() -> Path | None:
    """Return the folder of the example: TRAZA_DEMO, or ``demo/laguna`` here or by the code."""
    if named := env.text("TRAZA_DEMO"):
        return Path(named)
    places = [Path.cwd(), Path(__file__).resolve().parents[3]]
    return next((p / "demo/laguna" for p in places if (p / "demo/laguna").is_dir()), None)


def load(package: Path) -> None:
    """Import the package unless this very package is loaded already."""
    mark = Path(settings.TRAZA_HOME) / "demo-loaded.json"
    wanted = fingerprint(package)
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return
    from traza.indicators.intake.errors import IntakeError
    from traza.indicators.intake.package import load_package

    with Bars() as bars:
        try:
            load_package(package, progress=bars.tell)
        except IntakeError as error:
            bars.close()
            fail(f"No se pudo cargar el ejemplo: {error}")
    mark.write_text(wanted, encoding="utf-8")


def fingerprint(package: Path) -> str:
    """Return a hash of the names and sizes of the package's files and of its description."""
    lines = sorted(f"{p.relative_to(package)} {p.stat().st_size}" for p in package.rglob("*.*"))
    lines.append((package / "datapackage.json").read_text(encoding="utf-8"))
    return json.dumps({"package": hashlib.sha256("\n".join(lines).encode()).hexdigest()})


def _login() -> Login:
    """Return the example's login; its password stays in a file only its owner can read."""
    file = Path(settings.TRAZA_HOME) / "demo-login.txt"
    login = ensure_admin(USER)
    if login.password:
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(f"{login.username}\n{login.password}\n", encoding="utf-8")
    elif file.is_file():
        login.password = file.read_text(encoding="utf-8").split()[-1]
    return login


def _show(login: Login) -> None:
    where = Path(settings.TRAZA_HOME) / "demo-login.txt"
    password = login.password or "(la que ya tenía)"
    say(f"Cuenta del personal: {login.username}   Contraseña: {password}")
    if login.password:
        say(f"También está en {where}. Detener: Ctrl+C.")
