"""Queries whose SQL Django works out once per process instead of once per request.

For a list of 24 products, building and compiling the query takes longer than the database takes to answer it. The
query is still written once, with the ORM and the domain's own conditions; values that change are slots.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Lookup, Model, QuerySet, Value
from psycopg import Cursor
from psycopg._preparing import PrepareManager
from psycopg.types.datetime import TimestamptzLoader

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
    """A ``values_list`` query with its slots. ``rows`` gives tuples; JSON comes as text.

    The database, too, works it out once: it is a prepared statement of the connection, in which only the slots are
    parameters. What never changes stands in the text, so that partial indexes fit and the one plan is a good one."""

    def __init__(self, queryset: QuerySet, **slots: Any):
        sql, params = queryset.query.sql_with_params()
        names = {self._key(value): name for name, value in slots.items()}
        self.names = [name for param in params if (name := names.get(self._key(param)))]
        missing = set(slots) - set(self.names)
        if missing:
            raise ValueError(f"the query has no place for {', '.join(sorted(missing))}")
        constants = [_Slot(slots[name]) if (name := names.get(self._key(param))) else param for param in params]
        self.sql = _written(sql, constants)

    def rows(self, *, limit: int | None = None, offset: int = 0, **values: Any) -> list[tuple]:
        params = [_sent(values[name]) for name in self.names]
        sql = self.sql
        if limit is not None:
            sql += f" LIMIT {int(limit)}"
        if offset:
            # A later page is asked for seldom, and a plan for any offset would be a poor one.
            sql += f" OFFSET {int(offset)}"
        with _statement(prepare=not offset) as cursor:
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


class Count(Prepared):
    """How many rows a query has. ``distinct``: how many values of that field."""

    def __init__(self, queryset: QuerySet, distinct: str = "", **slots: Any):
        rows = queryset.order_by().values_list(distinct or "pk")
        super().__init__(rows.distinct() if distinct else rows, **slots)
        self.sql = f"SELECT count(*) FROM ({self.sql}) AS counted"  # noqa: S608

    def number(self, **values: Any) -> int:
        return self.rows(**values)[0][0]


class _Slot:
    """A place for a value in the text of a statement, with its type where the database could not tell."""

    def __init__(self, example: Any):
        self.text = "%s::bigint[]" if isinstance(example, list) else "%s::bigint" if isinstance(example, int) else "%s"


def _written(sql: str, params: Sequence[Any]) -> str:
    """``sql`` with its constants written out and its slots left as placeholders."""
    remaining = iter(params)

    def write(match: re.Match) -> str:
        if match[0] == "%%":
            return "%%"
        param = next(remaining)
        return param.text if isinstance(param, _Slot) else connection.ops.compose_sql("%s", [param]).replace("%", "%%")

    return re.sub("%[%s]", write, sql)


def _sent(value: Any) -> Any:
    """Numbers go as text: sent as numbers, small and large ones would be statements of their own."""
    if isinstance(value, list):
        return f"{{{','.join(map(str, value))}}}"
    return str(value) if isinstance(value, int) else value


class _Cursor(Cursor):
    """Binds in the database. Reads moments (in UTC, as the connection is) in C: Django's reader in Python takes ten
    times as long, and a list has a hundred of them."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.adapters.register_loader("timestamptz", TimestamptzLoader)


class _PreparedCursor(_Cursor):
    def execute(self, query, params=None, **options):
        return super().execute(query, params, prepare=True, **options)


REMADE = (b"DROP", b"ALTER", b"DISCARD ALL", b"DEALLOCATE ALL")


class _KeepingManager(PrepareManager):
    """psycopg lets go of all statements at every ROLLBACK, in case it undid the making of a table. PostgreSQL keeps
    them, and sees for itself when a table is another. Ours makes no tables in what it takes back, but it takes back
    often: a checkout that has to ask again would leave its worker to plan every page anew."""

    def clear(self):
        return False

    def _should_discard(self, prep, results, *_rest):
        if any((result.command_status or b"").startswith(REMADE) for result in results):
            return super().clear()
        return False


def _keep_over_rollbacks(raw: Any) -> None:
    before = raw._prepared
    if type(before) is PrepareManager:
        raw._prepared = after = _KeepingManager()
        vars(after).update(vars(before))


@contextmanager
def _statement(*, prepare: bool) -> Iterator[Any]:
    """A cursor that binds in the database, counted and logged like Django's own."""
    connection.ensure_connection()
    _keep_over_rollbacks(connection.connection)
    cursor = (_PreparedCursor if prepare else _Cursor)(connection.connection)
    with connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor) as made:
        yield made


class PreparedObjects(Prepared):
    """The same with model instances and those of their ``related`` paths (parents before children).

    ``extras`` are annotations that the instances carry as attributes. Generated columns are left to be fetched when
    somebody asks for them."""

    def __init__(self, queryset: QuerySet, *related: str, extras: Sequence[str] = (), **slots: Any):
        self.branches = [_Branch(queryset.model, path) for path in ("", *related)]
        self.extras = extras
        lookups = [lookup for branch in self.branches for lookup in branch.lookups]
        super().__init__(queryset.values_list(*lookups, *extras), **slots)

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
        for name, value in zip(self.extras, row[start:], strict=True):
            setattr(made[""], name, value)
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
