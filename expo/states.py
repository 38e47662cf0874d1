"""Diagrams of the states that things go through, drawn from the transitions in the apps' ``states.py``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

HEADER = """\
# States

Made by `manage.py state_diagrams` from the transitions in the apps' `states.py`; don't edit. A state is named as in
the code, then as readers see it. Every move is one verb in the app's `domain/`, called by pages, admin and tasks alike.
"""


@dataclass(frozen=True)
class Machine:
    """A mapping from each state to its successors, named by dotted paths: expo stands below the apps."""

    title: str
    states: str
    transitions: str
    start: str


MACHINES = (
    Machine("Order", "orders.states.OrderState", "orders.states.ORDER_TRANSITIONS", "placed"),
    Machine("Payment", "orders.states.PaymentState", "orders.states.PAYMENT_TRANSITIONS", "pending"),
    Machine("Shipping fee to be confirmed", "orders.states.FeeState", "orders.states.FEE_TRANSITIONS", "waiting"),
    Machine("Reported sale", "orders.states.ReportState", "orders.states.REPORT_TRANSITIONS", "waiting"),
    Machine("Request to cancel", "orders.states.RequestState", "orders.states.REQUEST_TRANSITIONS", "open"),
    Machine(
        "Curation of exhibitors",
        "exhibitors.states.CurationState",
        "exhibitors.states.TRANSITIONS",
        "draft",
    ),
    Machine(
        "Curation of products",
        "catalog.states.ProductState",
        "catalog.states.PRODUCT_TRANSITIONS",
        "draft",
    ),
    Machine("Import of products", "catalog.states.ImportState", "catalog.states.IMPORT_TRANSITIONS", "uploaded"),
)


def path() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "states.md"


def document() -> str:
    """The whole of docs/states.md."""
    return "\n".join([HEADER, *(section(machine) for machine in MACHINES)])


def section(machine: Machine) -> str:
    labels = import_string(machine.states)
    moves: Mapping[str, frozenset[str]] = import_string(machine.transitions)
    names = [state.value for state in labels]
    lines = [f"    [*] --> {machine.start}"]
    lines += [f"    {state} --> {after}" for state in names for after in names if after in moves[state]]
    lines += [f"    {state} --> [*]" for state in names if not moves[state]]
    table = "\n".join(f"| `{state.value}` | {_label(state, 'id')} | {_label(state, 'en')} |" for state in labels)
    return (
        f"## {machine.title}\n\n`{machine.transitions}`\n\n"
        "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n\n"
        f"| state | Indonesian | English |\n| --- | --- | --- |\n{table}\n"
    )


def _label(state, language: str) -> str:
    with translation.override(language):
        return str(state.label)
