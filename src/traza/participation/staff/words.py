"""Why a message waits apart, in words."""

WORDS = {
    "trap": "llenó el campo oculto, que solo ven las máquinas",
    "fast": "se envió antes de tres segundos",
    "old": "el formulario se había abierto más de un día antes",
    "unsigned": "no se abrió el formulario antes de enviarlo",
    "origin": "el programa que lo envió no dice de qué página salió",
    "address": "desde el mismo lugar de la red llegaron muchos en una hora",
    "email": "con el mismo correo llegaron muchos en una hora",
    "links": "trae muchas direcciones de internet",
    "markup": "trae código en lugar de texto",
    "staff": "lo apartó una persona",
}


def sign_words(sign: str) -> str:
    """Return a sign in words."""
    return WORDS.get(sign, sign)
