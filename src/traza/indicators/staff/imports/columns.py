"""The mapping screen: what each column of the file is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required


@require_http_methods(["GET", "POST"])
@permission_required("indicators.change_importjob")
def name_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the columns."""
    return redirect("traza_import", pk)
