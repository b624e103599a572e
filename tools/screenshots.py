"""Pictures of the README, taken from a demo that is running: ``python tools/screenshots.py URL``.

The login is read from TRAZA_HOME/demo-login.txt.
"""

import io
import os
import sys
from pathlib import Path

import openpyxl
from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
PAGES = {
    "home": "/",
    "indicator": "/indicadores/seguridad-homicidios/",
    "map": "/indicadores/sociedad-poblacion-total/mapa/?nivel=estados",
    "place": "/lugares/05035-torreon/",
    "matrix": "/matriz/seguridad/",
}


def main(url: str) -> None:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=os.environ.get("TRAZA_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="es-MX")
        for name, path in PAGES.items():
            page.goto(url + path)
            save(page, name)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(url + PAGES["indicator"])
        save(page, "phone")
        page.set_viewport_size({"width": 1280, "height": 860})
        staff(page, url)
        browser.close()


def staff(page: Page, url: str) -> None:
    """Sign in and upload a sheet with mistakes, as the tutorial tells it."""
    login = Path(os.environ["TRAZA_HOME"], "demo-login.txt").read_text(encoding="utf-8")
    username, password = login.split()
    page.goto(f"{url}/admin/")
    page.get_by_label("Usuario o correo").fill(username)
    page.get_by_label("Contraseña", exact=True).fill(password)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(f"{url}/admin/")
    save(page, "desk")
    page.goto(f"{url}/admin/importaciones/nueva/?indicador=seguridad-homicidios")
    page.get_by_label("Archivo").set_input_files(
        {"name": "homicidios.xlsx", "mimeType": "application/zip", "buffer": sheet()}
    )
    page.get_by_role("button", name="Subir y revisar").click()
    page.get_by_role("link", name="Rechazados").click()
    page.locator("#renglones").scroll_into_view_if_needed()
    save(page, "import")


def sheet() -> bytes:
    """Return a workbook with one good row and three mistakes."""
    book = openpyxl.Workbook()
    for row in (
        ("Municipio", "Mes", "Homicidios"),
        ("Torreón", "diciembre de 2019", 11),
        ("Gomes Palasio del Norte", "diciembre de 2019", 9),
        ("Lerdo", "treceavo mes de 2019", 3),
        ("Matamoros", "diciembre de 2019", "#REF!"),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def save(page: Page, name: str) -> None:
    """Keep what the window shows, in few colours: text stays sharp and the file small."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(96).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
