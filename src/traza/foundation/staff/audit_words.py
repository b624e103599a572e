"""Actions of the audit in words that staff read."""

from django.utils.translation import gettext as _

VERBS = {
    "created": "creó",
    "edited": "cambió",
    "deleted": "borró",
    "published": "publicó",
    "unpublished": "retiró del sitio",
    "locked": "bloqueó",
    "unlocked": "desbloqueó",
    "reverted": "volvió a una versión anterior de",
    "moved": "movió",
    "copied": "copió",
    "scheduled": "programó",
    "unscheduled": "dejó de programar",
    "sent_to_review": "envió a revisión",
    "review_cancelled": "canceló la revisión de",
    "uploaded": "subió",
    "read": "leyó",
    "checked": "revisó",
    "mapped": "indicó las columnas de",
    "corrected": "corrigió",
    "row_corrected": "corrigió un renglón de",
    "row_discarded": "descartó un renglón de",
    "rows_discarded": "descartó renglones de",
    "submitted": "envió a revisión",
    "approved": "aprobó",
    "returned": "devolvió",
    "discarded": "descartó",
    "withdrawn": "retiró",
    "reassigned": "pasó a otra persona",
    "failed": "falló",
    "taken_off": "dio de baja a",
    "brought_back": "volvió a dar de alta a",
    "login": "entró",
    "logged_in": "entró",
    "logout": "salió",
    "logged_out": "salió",
    "login_failed": "no pudo entrar",
}
NOUNS = {
    "import": "importación",
    "importjob": "importación",
    "release": "entrega",
    "indicator": "indicador",
    "series": "serie",
    "source": "fuente",
    "unit": "unidad",
    "topic": "tema",
    "codelist": "lista de códigos",
    "code": "código",
    "place": "lugar",
    "placename": "nombre de lugar",
    "membership": "zona metropolitana",
    "person": "persona",
    "institute": "instituto",
    "value": "valor",
    "session": "sesión",
    "work": "trabajo",
    "page": "página",
    "group": "grupo",
    "image": "imagen",
    "document": "documento",
    "collection": "colección",
    "workflow": "flujo de revisión",
    "task": "tarea de revisión",
    "groupapprovaltask": "tarea de revisión",
    "data_package": "paquete de datos",
}


def describe(action: str) -> str:
    """Return an action such as ``import.approved`` in words: «aprobó importación»."""
    noun, _dot, verb = action.rpartition(".")
    if verb not in VERBS:
        return action
    words = f"{VERBS[verb]} {NOUNS.get(noun, noun)}".strip()
    return _(words)
