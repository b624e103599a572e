"""What people agree to when they subscribe to an institute without words of its own."""

from django.utils.translation import gettext as _


def default_consent() -> str:
    """Return the words of an institute that has not written its own, in the language in force."""
    return _(
        "El correo se usa solo para enviar lo que aquí se elige. Se guarda cifrado, no se entrega "
        "a nadie y no se registra quién abre los mensajes ni qué enlaces sigue. Cada mensaje trae "
        "con qué cambiar lo que se recibe, darse de baja o pedir que se borre todo."
    )
