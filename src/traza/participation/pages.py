"""The room's public addresses below ``/contacto/``; none of them is rendered ahead.

``/contacto/`` itself is the site's: staff write its words.
"""

from django.urls import path

from traza.participation import views
from traza.participation.kinds import KINDS

urlpatterns = [
    *(
        path(kind.path.removeprefix("/"), views.write, {"slug": kind.slug}, f"contact-{kind.slug}")
        for kind in KINDS
    ),
    path("contacto/seguimiento/<str:secret>/", views.follow, name="contact-follow"),
    path("contacto/seguimiento/<str:secret>/datos.json", views.take_away, name="contact-data"),
    path("contacto/seguimiento/<str:secret>/agregar/", views.add_more, name="contact-add"),
    path(
        "contacto/seguimiento/<str:secret>/archivos/<int:pk>/", views.take_file, name="contact-file"
    ),
    path("contacto/seguimiento/<str:secret>/borrar/", views.forget, name="contact-forget"),
]
