"""Every column of a list says what it holds: a screen reader has nothing else to go by."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from traza.publishing.models import Release


def test_the_list_of_releases_names_every_column(
    signed_in: Callable[[Any], Client], person: Callable[[str], Any]
) -> None:
    Release.objects.create(room="indicators", title="Entrega", published_at=timezone.now())
    page = signed_in(person("reviewer")).get(reverse("traza_releases")).content.decode()
    heads = re.findall(r"<th\b[^>]*>(.*?)</th>", page, re.DOTALL)
    assert heads
    assert all(head.strip() for head in heads), heads
