"""What whoever follows a message is told where nothing can be added."""

from django.utils.translation import gettext_lazy as _

CLOSED = _("Este asunto ya se cerró. Para seguir se puede escribir de nuevo, con el folio.")
TOO_MUCH = _("Se agregó mucho en poco tiempo. Se puede seguir en una hora.")
