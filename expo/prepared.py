"""Queries whose SQL Django works out once per process instead of once per request.

For a list of 24 products, building and compiling the query takes longer than the database takes to answer it. The
query is still written once, with the ORM and the domain's own conditions; values that change are slots.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Lookup, Model, QuerySet, Value

MOMENT = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
IDS = [-(2**62)]


def text_slot(name: str) -> str:
    return f"\x01{name}\x01"


def number_slot(index: int) -> int:
    """Large and positive: a bound below what the column holds would be dropped as always true."""
    return 2**60 + index


class Among(Lookup):
    """``filter(Among(F("product")))``: one slot for any number of ids (``IN`` would need one each).

    With an ``ArraySubquery`` as second argument the database runs that first and looks its ids up by index,
    where ``IN (subquery)`` invites it to join everything."""

    prepare_rhs = False
    output_field = BooleanField()

    def __init__(self, lhs, ids=None):
        super().__init__(lhs, ids or Value(IDS, output_field=ArrayField(BigIntegerField())))

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*left_params, *right_params]


class Prepared:
    """A ``values_list`` query with its slots. ``rows`` gives tuples; JSON comes as text."""

    def __init__(self, queryset: QuerySet, **slots: Any):
        self.sql, params = queryset.query.sql_with_params()
        names = {self._key(value): name for name, value in slots.items()}
        self.params = [(names.get(self._key(param)), param) for param in params]
        missing = set(slots) - {name for name, _param in self.params}
        if missing:
            raise ValueError(f"the query has no place for {', '.join(sorted(missing))}")

    def rows(self, *, limit: int | None = None, offset: int = 0, **values: Any) -> list[tuple]:
        params = [param if name is None else values[name] for name, param in self.params]
        sql = self.sql
        if limit is not None:
            sql += " LIMIT %s OFFSET %s"
            params += [limit, offset]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def dicts(self, fields: Sequence[str], **options: Any) -> list[dict[str, Any]]:
        return [dict(zip(fields, row, strict=True)) for row in self.rows(**options)]

    @staticmethod
    def _key(value: Any) -> tuple[str, Any]:
        """Equal for a slot and what Django's backend makes of it (numbers become Int2, Int4 or Int8)."""
        if isinstance(value, int) and not isinstance(value, bool):
            return "number", int(value)
        if isinstance(value, list):
            return "list", tuple(int(item) for item in value)
        return type(value).__name__, repr(value)


class PreparedObjects(Prepared):
    """The same with model instances and those of their ``related`` paths (parents before children).

    Generated columns are left to be fetched when somebody asks for them."""

    def __init__(self, queryset: QuerySet, *related: str, **slots: Any):
        self.branches = [_Branch(queryset.model, path) for path in ("", *related)]
        lookups = [lookup for branch in self.branches for lookup in branch.lookups]
        super().__init__(queryset.values_list(*lookups), **slots)

    def objects(self, **options: Any) -> list[Any]:
        return [self._object(row) for row in self.rows(**options)]

    def first(self, **values: Any) -> Any:
        found = self.objects(limit=1, **values)
        return found[0] if found else None

    def _object(self, row: tuple) -> Any:
        made: dict[str, Any] = {}
        start = 0
        for branch in self.branches:
            end = start + len(branch.fields)
            made[branch.path] = branch.instance(row[start:end])
            if branch.path and made[branch.parent] is not None:
                branch.relation.set_cached_value(made[branch.parent], made[branch.path])
            start = end
        return made[""]


class _Branch:
    """One model on the way: its columns as lookups from the root, and how a row becomes its instance."""

    def __init__(self, root: type[Model], path: str):
        self.path = path
        self.parent = path.rpartition("__")[0]
        self.model: type[Model] = root
        for name in path.split("__") if path else ():
            self.relation = self.model._meta.get_field(name)
            self.model = self.relation.related_model
        self.fields = [field for field in self.model._meta.concrete_fields if not field.generated]
        self.names = [field.attname for field in self.fields]
        self.lookups = [f"{path}__{name}" if path else name for name in self.names]
        self.key = self.fields.index(self.model._meta.pk)
        self.converted = [(index, field) for index, field in enumerate(self.fields) if hasattr(field, "from_db_value")]

    def instance(self, values: tuple) -> Model | None:
        if values[self.key] is None:
            return None
        own = list(values)
        for index, field in self.converted:
            own[index] = field.from_db_value(own[index], None, connection)
        return self.model.from_db("default", self.names, own)
