"""What upper floors show in the admin of a lower one: apps register it, the admin of the model puts it in.

An admin that takes part mixes ``WithAdditions`` in before ``ExpoAdmin``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch

Display = Callable[[Any], Any]


@dataclass(frozen=True)
class Addition:
    columns: tuple[Display, ...]
    filters: tuple[type, ...]
    title: Any
    lines: tuple[Display, ...]
    prefetch: Callable[[], Prefetch] | None


_additions: dict[type[Model], dict[str, Addition]] = {}


def register_addition(
    model: type[Model],
    name: str,
    *,
    columns: Iterable[Display] = (),
    filters: Iterable[type] = (),
    title="",
    lines: Iterable[Display] = (),
    prefetch: Callable[[], Prefetch] | None = None,
) -> None:
    """Add columns and filters to the list of ``model``, and a block of read-only ``lines`` to its page.

    ``prefetch()`` says what they read of each row, so that the list asks for it once.
    """
    added = Addition(tuple(columns), tuple(filters), title, tuple(lines), prefetch)
    _additions.setdefault(model, {})[name] = added


def additions_to(model: type[Model]) -> list[Addition]:
    return list(_additions.get(model, {}).values())


class WithAdditions:
    """A ModelAdmin that shows what others registered for its model; their blocks stand before its own last one."""

    def get_queryset(self, request):
        wanted = [one.prefetch() for one in additions_to(self.model) if one.prefetch]
        return super().get_queryset(request).prefetch_related(*wanted)

    def get_list_display(self, request):
        return [*super().get_list_display(request), *(column for one in self._added() for column in one.columns)]

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), *(each for one in self._added() for each in one.filters)]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(line for one in self._added() for line in one.lines)]

    def get_fieldsets(self, request, obj=None):
        own = list(super().get_fieldsets(request, obj))
        return [*own[:-1], *((one.title, {"fields": [*one.lines]}) for one in self._added() if one.lines), *own[-1:]]

    def _added(self) -> list[Addition]:
        return additions_to(self.model)
