"""The news check itself: an article and the sealed figures in, findings in the order of the text out."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from expo.formats import WIB
from reports.news import lexicon
from reports.news.amounts import COUNT, Quantity, find_quantities
from reports.news.contexts import Context, Surroundings
from reports.news.dates import StatedDate, find_dates, nearest, possible_days, taken_tokens, years_named
from reports.news.known import Book, KnownEdition
from reports.news.matching import Status, Verdict, judge
from reports.news.mentions import find_mentions
from reports.news.sums import WrongShare, WrongSum, wrong_shares, wrong_sums
from reports.news.tokens import Article, inside, read

NO_LONGER_NAMED = dt.timedelta(days=60)  # after its closing an expo is in the news for so long

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")  # of a recap (reports/codes.py)
MOST_FIGURES = 300  # of an article; what comes after them is left unmarked


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFinding:
    quantity: Quantity
    context: Context
    verdict: Verdict
    sums: tuple[WrongSum, ...] = ()
    shares: tuple[WrongShare, ...] = ()

    @property
    def start(self) -> int:
        return self.quantity.start

    @property
    def end(self) -> int:
        return self.quantity.end

    @property
    def status(self) -> Status:
        """An impossible sum is pointed out even of a figure that we don't know."""
        wrong = self.sums or self.shares
        return Status.WRONG if wrong and self.verdict.status == Status.UNKNOWN else self.verdict.status


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFinding:
    """`days`: those that can be meant. `opens`, `closes`, `during`: the edition that the day belongs to."""

    stated: StatedDate
    days: tuple[dt.date, ...]
    status: Status
    wrong_weekday: bool = False
    opens: KnownEdition | None = None
    closes: KnownEdition | None = None
    during: KnownEdition | None = None

    @property
    def start(self) -> int:
        return self.stated.start

    @property
    def end(self) -> int:
        return self.stated.end


Finding = FigureFinding | DateFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`complete`: nothing was left out because there was too much of it."""

    text: str
    language: str
    findings: tuple[Finding, ...]
    complete: bool = True

    @property
    def counts(self) -> Counter:
        return Counter(finding.status for finding in self.findings)


def guess_language(article: Article) -> str:
    """ "en" where English is more frequent among the small words, otherwise "id"."""
    words = Counter(token.low for token in article.tokens if token.kind == "word")
    found = {language: sum(words[word] for word in common) for language, common in lexicon.COMMON.items()}
    return "en" if found["en"] > found["id"] else "id"


def check(text: str, book: Book, *, language: str = "") -> Result:
    article = read(text)
    language = language or guess_language(article)
    dates = find_dates(article, language)
    mentions = find_mentions(article, book.editions)
    named = {index for mention in mentions for index in range(mention.first, mention.after)}
    everything = find_quantities(article, language, taken_tokens(article, dates) | inside(article, CODE) | named)
    quantities = everything[:MOST_FIGURES]
    around = Surroundings(article, quantities, mentions, book.places)
    placed = [(quantity, around.of(quantity)) for quantity in quantities]
    sums, shares = wrong_sums(article, placed), wrong_shares(article, placed)
    figures = [
        FigureFinding(
            quantity=quantity,
            context=context,
            verdict=judge(quantity, context, book),
            sums=tuple(wrong for wrong in sums if wrong.total is quantity),
            shares=tuple(wrong for wrong in shares if wrong.percent is quantity),
        )
        for quantity, context in placed
    ]
    kept = [finding for finding in figures if _says_something(finding)]
    years = _years(article, book)
    findings: list[Finding] = [*kept, *(_check_date(date, years, book) for date in dates[:MOST_FIGURES])]
    return Result(
        text=text,
        language=language,
        findings=tuple(sorted(findings, key=lambda each: each.start)),
        complete=max(len(everything), len(dates)) <= MOST_FIGURES,
    )


def _says_something(finding: FigureFinding) -> bool:
    """Not every small number is a figure: "tiga pilar" counts nothing that an expo counts."""
    known = finding.context.subject or finding.status != Status.UNKNOWN
    return bool(known) or finding.quantity.kind != COUNT or finding.quantity.value >= 100


# --- Dates


def _years(article: Article, book: Book) -> list[int]:
    """Years that a date without one can be of, the likeliest first."""
    if book.until:
        return [book.until.year, *([book.until.year - 1] if book.until.month < 3 else [])]
    if named := years_named(article):
        return named
    return sorted({edition.opens_at.year for edition in book.editions})


def _check_date(stated: StatedDate, years: list[int], book: Book) -> DateFinding:
    if stated.day is None:
        return DateFinding(stated=stated, days=(), status=Status.UNKNOWN)
    days = possible_days(stated, years)
    if not days:
        status = Status.WRONG if stated.year or years else Status.UNKNOWN
        return DateFinding(stated=stated, days=(), status=status)
    fitting = [day for day in days if stated.weekday is None or day.weekday() == stated.weekday]
    if not fitting:
        return DateFinding(stated=stated, days=tuple(days), status=Status.WRONG, wrong_weekday=True)
    for day in fitting:
        if found := _known_day(stated, day, book):
            return found
    return DateFinding(stated=stated, days=tuple(fitting), status=Status.UNKNOWN)


def _known_day(stated: StatedDate, day: dt.date, book: Book) -> DateFinding | None:
    """The day of an opening or closing, or one between them; of several editions the one that ran last."""
    for edition in sorted(book.editions, key=lambda each: each.opens_at, reverse=True):
        opens, closes = local_day(edition.opens_at), local_day(edition.closes_at)
        if opens <= day <= closes:
            first = day.replace(day=stated.since) if stated.since else day
            return DateFinding(
                stated=stated, days=(day,), status=Status.MATCH, during=edition,
                opens=edition if first == opens else None, closes=edition if day == closes else None,
            )  # fmt: skip
    return None


def local_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(WIB).date()


# --- Which editions an article can speak of


def editions_meant(
    text: str, editions: tuple[KnownEdition, ...], *, published: dt.date | None = None
) -> tuple[KnownEdition, ...]:
    """Those that are named, and those that ran when the article's dates were; all of them if nothing tells."""
    article = read(text)
    named = {mention.slug for mention in find_mentions(article, editions)}
    years = [published.year] if published else years_named(article)
    dates = find_dates(article, guess_language(article))
    days = [day for date in dates for day in possible_days(date, years)] + ([published] if published else [])
    recent = {
        edition.slug
        for edition in editions
        for day in days
        if local_day(edition.sales_open) <= day <= local_day(edition.closes_at) + NO_LONGER_NAMED
    }
    if not recent and not named and days:
        before = [edition for edition in editions if local_day(edition.opens_at) <= max(days)]
        recent = {max(before, key=lambda edition: edition.opens_at).slug} if before else set()
    chosen = named | recent
    return tuple(edition for edition in editions if edition.slug in chosen) if chosen else editions


def day_of(text: str, today: dt.date) -> dt.date | None:
    """The last full date of the text that has passed: the article was not written before it.

    "Jumat (19/11)" was a Thursday: which half is wrong can't be known, so the Friday counts as well.
    """
    article = read(text)
    years = years_named(article)
    if len(years) != 1:
        dates = [date for date in find_dates(article, guess_language(article)) if date.year]
    else:
        dates = find_dates(article, guess_language(article))
    found = [(date.weekday, day) for date in dates for day in possible_days(date, years)]
    days = [day for _weekday, day in found]
    days += [nearest(day, weekday) for weekday, day in found if weekday is not None]
    return max((day for day in days if day <= today), default=None)
