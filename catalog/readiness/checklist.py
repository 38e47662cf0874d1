"""The checklist of an exhibitor for a market: line by line what is there and what is missing."""

from dataclasses import dataclass, field

from catalog.readiness.facts import Facts, KnownProduct
from catalog.readiness.markets import Market, Requirement, Weight, asked_in


@dataclass(frozen=True, slots=True)
class Line:
    """``lacking``: the products that do not meet it yet, of ``among`` that it applies to."""

    requirement: Requirement
    weight: Weight
    source: str
    is_met: bool
    lacking: list[KnownProduct] = field(default_factory=list)
    among: int = 0


@dataclass(frozen=True, slots=True)
class Checklist:
    """Ready: whatever concerns the business is met, and at least one product meets all that concerns it."""

    market: Market
    lines: list[Line]
    products: int  # that it offers
    ready_products: int

    @property
    def met(self) -> int:
        return sum(line.is_met for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def is_ready(self) -> bool:
        return self.ready_products > 0 and all(line.is_met for line in self.lines if not line.requirement.of_products)


def checklist(facts: Facts, market: Market) -> Checklist:
    lines, lacking = [], set()
    for requirement in asked_in(market):
        if (line := _line(facts, requirement, market)) is not None:
            lines.append(line)
            lacking |= {product.pk for product in line.lacking}
    return Checklist(market, lines, len(facts.products), len(facts.products) - len(lacking))


def _line(facts: Facts, requirement: Requirement, market: Market) -> Line | None:
    """None when it does not apply: crafts need no P-IRT."""
    weight, source = requirement.markets[market]
    if requirement.of_products:
        return _line_of_products(facts, requirement, weight, source)
    if requirement.applies and not requirement.applies(facts):
        return None
    met = requirement.check(facts) if requirement.check else requirement.key in facts.marks
    return Line(requirement, weight, source, met)


def _line_of_products(facts: Facts, requirement: Requirement, weight: Weight, source: str) -> Line | None:
    applies, check = requirement.applies, requirement.check
    concerned = [product for product in facts.products if applies is None or applies(facts, product)]
    if not concerned:
        return None if applies else Line(requirement, weight, source, is_met=False)
    lacking = [product for product in concerned if check and not check(facts, product)]
    return Line(requirement, weight, source, not lacking, lacking, len(concerned))
