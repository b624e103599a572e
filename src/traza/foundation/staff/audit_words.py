"""Actions of the audit in words that staff read."""

from typing import Any

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
    "rows_restored": "recuperó renglones de",
    "submitted": "envió a revisión",
    "approved": "aprobó",
    "approved_own": "aprobó, y lo había escrito,",
    "returned": "devolvió",
    "discarded": "descartó",
    "withdrawn": "retiró",
    "reassigned": "pasó a otra persona",
    "assigned": "puso en manos de alguien",
    "answered": "respondió",
    "closed": "cerró",
    "reopened": "volvió a abrir",
    "set_apart": "apartó como posible spam",
    "entered": "anotó lo que llegó de otra manera:",
    "asked": "preguntó algo más sobre",
    "became": "hizo algo a partir de",
    "file_taken": "descargó un archivo de",
    "erased": "borró",
    "failed": "falló",
    "taken_off": "dio de baja a",
    "brought_back": "volvió a dar de alta a",
    "login": "entró",
    "logged_in": "entró",
    "logout": "salió",
    "logged_out": "salió",
    "login_failed": "no pudo entrar",
    "added": "activó",
    "removed": "quitó",
    "renewed": "renovó",
    "made": "hizo",
    "restored": "restauró",
    "loaded": "cargó",
    "completed": "terminó de cargar",
    "cancelled": "canceló",
    "retried": "reintentó",
    "resumed": "reanudó",
    "prepared": "preparó con lo nuevo",
    "sent": "envió",
    "trial_sent": "se envió una prueba de",
    "ended": "dio de baja",
    "bounced": "anotó que rebota",
    "complained": "anotó la queja de",
    "complaint_undone": "quitó la queja de",
    "let_through": "dejó pasar",
    "letter_sent": "mandó la carta de",
    "address_seen": "vio el correo de",
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
    "newspage": "noticia",
    "analysispage": "análisis",
    "studypage": "estudio",
    "monitorpage": "monitor",
    "archiveentry": "título del archivo",
    "silence": "veda electoral",
    "group": "grupo",
    "image": "imagen",
    "document": "documento",
    "collection": "colección",
    "workflow": "flujo de revisión",
    "task": "tarea de revisión",
    "groupapprovaltask": "tarea de revisión",
    "reviewtask": "tarea de revisión",
    "data_package": "paquete de datos",
    "package": "paquete de datos",
    "second_factor": "segundo factor",
    "recovery_codes": "códigos de respaldo",
    "backup": "copia de todo",
    "message": "mensaje",
    "identity": "identidad de quien escribió",
    "privacy_notice": "aviso de privacidad",
    "subscriber": "suscripción",
    "issue": "número del boletín",
    "consent": "consentimiento",
    "mail": "correo saliente",
    "mail_server": "servidor de correo",
}
#: Names of details that decide something; the others are read as they are.
DETAILS = {
    "approved_by": "aprobó",
    "asked_for": "lo pidió quien escribió",
    "second_person": "aprobó otra persona",
    "own_work": "aprobó lo propio",
    "single_person": "una sola persona captura y aprueba",
    "shell": "desde la consola del servidor, como",
    "package": "paquete",
    "release": "entrega",
    "added": "nuevos",
    "revised": "corregidos",
    "removed": "quitados",
    "indicators": "indicadores",
    "rows": "renglones",
    "files": "archivos",
    "channel": "llegó por",
    "what": "qué",
    "made": "con el número",
    "note": "nota",
    "series": "serie",
    "sheet": "hoja",
    "size": "tamaño",
    "problem": "problema",
    "names": "nombres",
    "codes": "claves",
    "lines": "renglones",
    "restored_by": "la restauró",
    "before": "antes",
    "changed": "cambió",
    "comment": "nota",
    "equal": "iguales",
    "file": "archivo",
    "heir": "recibe",
    "layout": "forma",
    "line": "renglón",
    "new": "nuevos",
    "period": "periodo",
    "place": "lugar",
    "refused": "rechazados",
    "sessions": "sesiones cerradas",
    "sha256": "huella",
    "status": "estado",
    "step": "paso",
    "title": "título",
    "value": "valor",
    "work": "trabajo",
    "addressees": "destinatarios",
}


def describe(action: str) -> str:
    """Return an action such as ``import.approved`` in words: «aprobó importación»."""
    noun, _dot, verb = action.rpartition(".")
    if verb not in VERBS:
        return action
    words = f"{VERBS[verb]} {NOUNS.get(noun, noun)}".strip()
    return _(words)


def detail_text(detail: dict[str, Any]) -> str:
    """Write the detail of an entry as «word: value» pairs on one line, without what is empty."""
    pairs = []
    for key, value in (detail or {}).items():
        if value in ("", None, [], {}):
            continue
        pairs.append(f"{DETAILS.get(key, key)}: {_value_text(value)}")
    return "; ".join(pairs)[:300]


def _value_text(value: Any) -> str:
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(
            f"{DETAILS.get(key, key)} {_value_text(one)}" for key, one in value.items()
        )
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
