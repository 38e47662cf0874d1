"""``manage.py create_edition``: an edition with its moments."""

import datetime as dt

from expo.commands import BadInputError, TidyCommand
from expo.editions import create_edition
from expo.models import Mode, Region, RegionLevel
from expo.regions import load_regions

MOMENTS = ("sales_open", "opens_at", "closes_at", "mall_closes_at", "recaps_from")
TEXTS = (
    "name_en",
    "theme",
    "theme_en",
    "organiser_address",
    "city",
    "signatory_name",
    "signatory_title",
    "signatory_nip",
)


class Command(TidyCommand):
    help = "Makes an edition. Moments are ISO 8601 with an offset, for example 2026-11-18T09:00:00+07:00."

    def add_arguments(self, parser):
        parser.add_argument("--slug", required=True, help="its address, for example uvo-2")
        parser.add_argument("--code", required=True, help="the beginning of its recap numbers, for example UVO-II")
        parser.add_argument("--name", required=True)
        parser.add_argument("--organiser", required=True)
        parser.add_argument("--sales-open", required=True, metavar="ISO")
        parser.add_argument("--opens-at", required=True, metavar="ISO")
        parser.add_argument("--closes-at", required=True, metavar="ISO")
        parser.add_argument("--mall-closes-at", metavar="ISO", help="left out: the mall stays open")
        parser.add_argument("--recaps-from", metavar="ISO", help="left out: no recap is issued by itself")
        parser.add_argument("--recap-time", metavar="HH:MM", default="00:15", help="of the day after, in WIB")
        parser.add_argument("--recap-recipient", action="append", default=[], metavar="E-MAIL")
        parser.add_argument("--province", metavar="CODE", default="33", help="whose regencies recaps list (33)")
        parser.add_argument("--mode", choices=Mode.values, default=Mode.ONLINE)
        parser.add_argument("--year", type=int, help="left out: the year of the opening")
        parser.add_argument("--hall", action="append", default=[], metavar="LETTER=NAME", help="may be repeated")
        for name in TEXTS:
            parser.add_argument(f"--{name.replace('_', '-')}", default=None)
        self.add_format(parser)

    def handle(self, *, format, **options):
        moments = {name: read_moment(name, options[name]) for name in MOMENTS}
        edition = create_edition(
            slug=options["slug"],
            code=options["code"],
            name=options["name"],
            organiser=options["organiser"],
            mode=options["mode"],
            year=options["year"] or moments["opens_at"].year,
            province=read_province(options["province"]),
            recap_time=read_time(options["recap_time"]),
            recap_recipients=options["recap_recipient"],
            halls=dict(read_hall(text) for text in options["hall"]),
            **moments,
            **{name: options[name] for name in TEXTS if options[name] is not None},
        )
        result = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
        result |= {"slug": edition.slug, "code": edition.code, "name": edition.name}
        self.report(
            result, [f"{edition.name} ({edition.slug}) is there; its recaps begin with {edition.code}."], format
        )


def read_moment(name: str, text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    option = f"--{name.replace('_', '-')}"
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInputError(f"{option}: {text!r} is no moment in ISO 8601.") from error
    if moment.tzinfo is None:
        raise BadInputError(f"{option}: {text!r} has no offset; write it like 2026-11-18T09:00:00+07:00.")
    return moment


def read_time(text: str) -> dt.time:
    try:
        return dt.datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 (a time of day in WIB)
    except ValueError as error:
        raise BadInputError(f"--recap-time: {text!r} is no time like 00:15.") from error


def read_province(code: str) -> Region | None:
    if not code:
        return None
    if not Region.objects.exists():
        load_regions()
    region = Region.objects.filter(code=code, level=RegionLevel.PROVINCE).first()
    if region is None:
        raise BadInputError(f"--province: there is no province {code!r}.")
    return region


def read_hall(text: str) -> tuple[str, str]:
    letter, equals, name = text.partition("=")
    if not equals or not letter or not name:
        raise BadInputError(f"--hall: write {text!r} like A=Aula Fesyen.")
    return letter, name
