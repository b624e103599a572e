"""Sentences with which something is refused."""

from django.utils.translation import gettext_lazy as _

#: Nobody is written to who once called the institute's mail unwanted.
COMPLAINED = _(
    "Desde este correo se marcó un mensaje como no deseado y ya no se le escribe. Si fue un error, "
    "hay que decirlo en la página de contacto."
)
