"""Reads access logs in the combined format, one line at a time, plain or gzip."""

import datetime as dt
import gzip
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from expo.errors import DomainError

MOST_BYTES = 65_536  # of a line; a longer one is no log line
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}
QUOTED = r'"((?:[^"\\]|\\.)*)"'
LINE = re.compile(
    r"(\S+) \S+ (\S+) "  # address, identity, who signed in
    r"\[(\d\d)/(\w{3})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\] "
    rf"{QUOTED} (\d{{3}}) (?:\d+|-) {QUOTED} {QUOTED}\s*(?:\s.*)?"
)


class LogError(DomainError):
    """The file cannot be read as an access log."""


class MalformedError(Exception):
    """One line that is no line of the combined format; its text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One request as the log tells it."""

    moment: dt.datetime
    address: str
    user: str
    method: str
    target: str
    status: int
    browser: str


def parse_line(line: str) -> Hit:
    found = LINE.fullmatch(line)
    if not found:
        raise MalformedError("not in the combined format")
    address, user, *stamp, request, status, _referrer, browser = found.groups()
    method, _, rest = request.partition(" ")
    return Hit(
        moment=read_moment(*stamp),
        address=address,
        user="" if user == "-" else user,
        method=method,
        target=rest.rpartition(" ")[0],
        status=int(status),
        browser="" if browser == "-" else browser,
    )


def read_moment(day, month, year, hour, minute, second, sign, hours, minutes) -> dt.datetime:
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes))
    try:
        zone = dt.timezone(-offset if sign == "-" else offset)
        # A leap second is told as the one before it.
        second = min(int(second), 59) if int(second) == 60 else int(second)
        return dt.datetime(int(year), MONTHS[month], int(day), int(hour), int(minute), second, tzinfo=zone)
    except (KeyError, ValueError) as error:
        raise MalformedError("no such moment") from error


class LogFile:
    """Lines of one file with a running hash of what was read, so that a log which has grown is known again."""

    def __init__(self, path: Path):
        self.path = Path(path)
        self.digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self.digest.hexdigest()

    def lines(self) -> Iterator[bytes]:
        """Every line with its end, at most MOST_BYTES of it; LogError when the file cannot be read."""
        try:
            with self.open() as file:
                while piece := file.readline(MOST_BYTES):
                    self.note(piece)
                    line = piece
                    while len(piece) == MOST_BYTES and not piece.endswith(b"\n"):
                        piece = file.readline(MOST_BYTES)
                        self.note(piece)
                    yield line
        except (OSError, EOFError) as error:
            reason = getattr(error, "strerror", None) or "the file is damaged"
            raise LogError(f"{self.path}: {reason}.") from error

    def open(self) -> IO[bytes]:
        with self.path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        return gzip.open(self.path, "rb") if packed else self.path.open("rb")  # type: ignore[return-value]

    def note(self, piece: bytes) -> None:
        self.digest.update(piece)
        self.size += len(piece)
