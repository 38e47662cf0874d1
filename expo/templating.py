"""Django's templates, rendered with fewer steps: what cannot change is worked out once, when a template is loaded.

Nothing is written otherwise than in any Django template, and nothing reads otherwise (``tests/expo/test_templating.py``
compares both). Texts that follow each other are joined, translations of constant texts are kept by language, plain
names and attributes are looked up without Django's searching for every case; whatever is not plain goes Django's way.
"""

from html import escape
from typing import Any

from django.conf import settings
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import (
    CommentNode,
    ForNode,
    IfNode,
    LoadNode,
    TemplateLiteral,
    URLNode,
    WithNode,
)
from django.template.library import TagHelperNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.utils import translation
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime

MISSING, UNSURE = object(), object()
NOTHING_SHOWN = (LoadNode, CommentNode)


class Loader(cached.Loader):
    """Django's caching loader; what it keeps is simplified."""

    def get_template(self, template_name, skip=None):
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_simplified"):
            simplify(template.nodelist)
            template.is_simplified = True
        return template


def simplify(nodes: NodeList) -> None:
    """In place: partials and blocks know the same lists."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, NOTHING_SHOWN):
            continue
        if type(node) is TextNode and found and type(found[-1]) is TextNode:
            found[-1] = _at(TextNode(found[-1].s + node.s), found[-1])
        else:
            found.append(simplified(node))
    nodes[:] = found


def simplified(node: Node) -> Node:
    """The node to put in its place, often itself. Everything inside is simplified, too."""
    if isinstance(node, IfNode):
        for condition, nodes in node.conditions_nodelists:
            simplify_condition(condition)
            simplify(nodes)
        return node
    for name in node.child_nodelists:
        if isinstance(nodes := getattr(node, name, None), NodeList):
            simplify(nodes)
    if isinstance(node, TagHelperNode | URLNode):
        node.args = [quick(value) for value in node.args]
        node.kwargs = {name: quick(value) for name, value in node.kwargs.items()}
    elif isinstance(node, ForNode):
        node.sequence = quick(node.sequence)
    elif isinstance(node, WithNode | IncludeNode | BlockTranslateNode):
        node.extra_context = {name: quick(value) for name, value in node.extra_context.items()}
    other = REPLACED.get(type(node))
    return _at(other(node), node) if other else node


def simplify_condition(condition: Any) -> None:
    if isinstance(condition, TemplateLiteral):
        condition.value = quick(condition.value)
    elif isinstance(condition, TokenBase):
        simplify_condition(condition.first)
        simplify_condition(condition.second)


def _at(node: Node, other: Node) -> Node:
    """``node``, said to stand where ``other`` does: for messages of errors."""
    node.origin, node.token = getattr(other, "origin", None), other.token
    return node


def quick(expression: Any) -> Any:
    is_plain = type(expression) is FilterExpression and expression.is_var and expression.var.lookups is not None
    return Expression(expression) if is_plain else expression


class Expression(FilterExpression):
    """A name with attributes and filters."""

    __slots__ = ("first", "rest", "steps")

    def __init__(self, known: FilterExpression):
        self.token, self.filters, self.var, self.is_var = known.token, known.filters, known.var, known.is_var
        self.first, *self.rest = known.var.lookups
        self.steps = [
            (
                function,
                [(is_name, value if is_name else mark_safe(value)) for is_name, value in args],  # noqa: S308
                getattr(function, "expects_localtime", False),
                getattr(function, "needs_autoescape", False),
                getattr(function, "is_safe", False),
            )
            for function, args in known.filters
        ]

    def resolve(self, context, ignore_failures=False):
        value = self.value(context)
        if value is UNSURE:
            return super().resolve(context, ignore_failures)
        if value is MISSING:
            if ignore_failures:
                value = None
            elif context.template.engine.string_if_invalid:
                return super().resolve(context, ignore_failures)
            else:
                value = ""
        for function, args, expects_localtime, needs_autoescape, is_safe in self.steps:
            given = [arg.resolve(context) if is_name else arg for is_name, arg in args]
            if expects_localtime:
                value = template_localtime(value, context.use_tz)
            if needs_autoescape:
                result = function(value, *given, autoescape=context.autoescape)
            else:
                result = function(value, *given)
            value = mark_safe(result) if is_safe and isinstance(value, SafeData) else result  # noqa: S308
        return value

    def value(self, context) -> Any:
        """What the name stands for; MISSING if nothing, UNSURE if Django had better say."""
        first = self.first
        for names in reversed(context.dicts):
            if first in names:
                value = names[first]
                break
        else:
            return MISSING
        for name in self.rest:
            if callable(value):
                return UNSURE
            value = _part(value, name)
            if value is UNSURE or value is MISSING:
                return value
        return UNSURE if callable(value) else value


def _part(value: Any, name: str) -> Any:
    """``value.name``: an item, or else an attribute."""
    kind = type(value)
    if kind is dict:
        if name in value:
            return value[name]
        if name == "items":
            return value.items()
        return UNSURE if name.isdigit() or hasattr(dict, name) else MISSING
    try:
        if hasattr(kind, "__getitem__"):
            try:
                return value[name]
            except (TypeError, AttributeError, KeyError, ValueError, IndexError):
                pass
        return getattr(value, name)
    except Exception:
        return UNSURE


def shown(value: Any, context: Context) -> str:
    """``render_value_in_context``; texts and whole numbers need none of what dates and decimals do."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return escape(value) if context.autoescape else value
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return render_value_in_context(value, context)


class ShownNode(VariableNode):
    """``{{ … }}``."""

    def __init__(self, node: VariableNode):
        super().__init__(quick(node.filter_expression))

    def render(self, context):
        return shown(self.filter_expression.resolve(context), context)


def _is_constant(expression: FilterExpression) -> bool:
    return not expression.filters and not (expression.is_var and expression.var.lookups)


def language_of(context: Context) -> str | None:
    """Asked once for a page: the context hands it on to what is included."""
    try:
        return context.language
    except AttributeError:
        context.language = translation.get_language()
        return context.language


class InLanguageNode(LanguageNode):
    """``{% language %}``: what was known about the language does not hold inside."""

    def __init__(self, node: LanguageNode):
        super().__init__(node.nodelist, node.language)

    def render(self, context):
        before = context.__dict__.pop("language", None)
        try:
            return super().render(context)
        finally:
            context.__dict__.pop("language", None)
            if before is not None:
                context.language = before


class SaidNode(TranslateNode):
    """``{% translate "…" %}``: one text for each language."""

    def __init__(self, node: TranslateNode):
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        self.inner = TranslateNode(node.filter_expression, node.noop, None, node.message_context)
        self.is_constant = all(
            value is None or _is_constant(value) for value in (node.filter_expression, self.message_context)
        )
        self.known: dict[tuple[str | None, bool], str] = {}

    def render(self, context):
        if not self.is_constant:
            return super().render(context)
        key = language_of(context), context.autoescape
        text = self.known.get(key)
        if text is None:
            text = self.known[key] = self.inner.render(context)
        if self.asvar:
            context[self.asvar] = text
            return ""
        return text


class SaidBlockNode(BlockTranslateNode):
    """``{% blocktranslate %}``: the message is put together once; without a count it is looked up once, too."""

    def __init__(self, node: BlockTranslateNode):
        super().__init__(
            node.extra_context, node.singular, node.plural, node.countervar, node.counter, node.message_context,
            node.trimmed, node.asvar, node.tag_name,
        )  # fmt: skip
        self.is_counted = bool(node.plural and node.countervar and node.counter)
        self.counts_own = self.is_counted and str(node.counter.var).partition(".")[0] in node.extra_context
        self.message, self.names = self.render_token_list(self.singular)
        if self.is_counted:
            self.counter = quick(node.counter)
            self.plural_message, plural_names = self.render_token_list(self.plural)
            self.names = list(dict.fromkeys([*self.names, *plural_names]))
        self.known: dict[str | None, str] = {}

    def render(self, context, nested=False):
        if nested or self.counts_own or self.message_context or context.template.engine.string_if_invalid:
            return super().render(context, nested)
        own = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.is_counted:
            count = own[self.countervar] = self.counter.resolve(context)
            if type(count) is not int:
                return super().render(context)
            text = translation.ngettext(self.message, self.plural_message, count)
        else:
            text = self._said(language_of(context))
        values = {name: own[name] if name in own else context.get(name, "") for name in self.names}
        try:
            text %= {name: shown(value, context) for name, value in values.items()}
        except (KeyError, ValueError):
            return super().render(context)
        if self.asvar:
            context[self.asvar] = SafeString(text)
            return ""
        return text

    def _said(self, language: str | None) -> str:
        text = self.known.get(language)
        if text is None:
            text = self.known[language] = translation.gettext(self.message)
        return text


class PlacedNode(IncludeNode):
    """``{% include "…" %}`` of a template whose name stands there."""

    def __init__(self, node: IncludeNode):
        super().__init__(node.template, extra_context=node.extra_context, isolated_context=node.isolated_context)
        self.is_constant = not node.template.is_var and not str(node.template.var).startswith(".")
        self.found = None

    def render(self, context):
        if not self.is_constant:
            return super().render(context)
        if self.found is None:
            self.found = context.template.engine.get_template(self.template.var)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.isolated_context:
            return _rendered(self.found, _apart(context, values))
        with context.push(**values):
            return _rendered(self.found, context)


def _apart(context: Context, values: dict) -> Context:
    """``context.new(values)``, sharing the stack of states: what is rendered next puts its own on top."""
    new = object.__new__(type(context))
    new.__dict__.update(context.__dict__)
    new._reset_dicts(values)
    new.__dict__.pop("_processors_index", None)
    return new


def _rendered(template: Any, context: Context) -> str:
    """``template.render`` within another template."""
    states = context.render_context
    before = states.template
    states.template = template
    states.push()
    try:
        return template._render(context)
    finally:
        states.template = before
        states.pop()


REPLACED = {
    VariableNode: ShownNode,
    TranslateNode: SaidNode,
    BlockTranslateNode: SaidBlockNode,
    IncludeNode: PlacedNode,
    LanguageNode: InLanguageNode,
}
