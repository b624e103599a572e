"""``traza init`` asks on a terminal; a wrong answer is asked for again and loses no other."""

import os
import pty
import sys
import time

from tests.installation import MAIN, Installation

ANSWERS = [
    "IMPLAN Río Verde", "", "Planeamos con datos", "rojo", "#b02a30", "99001", "24024", "",
    "hola", "hola@example.mx", "Rioverde", "24011=Ciudad Fernández", "Agua, Vivienda",
]  # fmt: skip


def talk(here: Installation, answers: list[str]) -> tuple[int, str]:
    """Answer each question once it is asked; return the exit code and what was on the screen."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-c", MAIN, "init"], here.env)
    screen, waiting = b"", list(answers)
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline:
        try:
            read = os.read(terminal, 4096)
        except OSError:
            break
        if not read:
            break
        screen += read
        if screen.rstrip(b" ").endswith(b":"):
            os.write(terminal, f"{waiting.pop(0)}\n".encode() if waiting else b"\x04")
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), screen.decode()


def test_wrong_answers_are_asked_for_again(empty: Installation) -> None:
    code, screen = talk(empty, ANSWERS)
    assert code == 0, screen
    assert "«rojo» no es un color" in screen
    assert "ningún estado tiene la clave 99" in screen
    assert "«hola» no es una dirección de correo" in screen
    said = empty.script("""
        from traza.foundation.models import Institute
        from traza.places.models import Place
        from traza.publishing.search import search
        one = Institute.load()
        print(one.name, one.short_name, one.accent, one.contact_email, sep="|")
        print(sorted(Place.objects.values_list("name", flat=True)))
        print([found.title for found in search("rioverde").items])
    """)
    assert said.splitlines() == [
        "IMPLAN Río Verde|IMPLAN Río Verde|#b02a30|hola@example.mx",
        "['Ciudad Fernández', 'México', 'Rioverde', 'San Luis Potosí']",
        "['Rioverde']",
    ]


def test_closing_the_terminal_is_no_error_of_ours(empty: Installation) -> None:
    code, screen = talk(empty, ["IMPLAN Río Verde"])
    assert code == 130 and "Traceback" not in screen
