"""What an archive says that it holds, asked before anything in it is unpacked."""

import zipfile
from typing import IO


class ArchiveError(Exception):
    """The file is no archive, or a damaged one."""


class LockedArchiveError(ArchiveError):
    """Something in it wants a password."""


def members_of(archive: IO[bytes]) -> list[zipfile.ZipInfo]:
    """The directory of a ZIP. Its sizes are what its maker claims: a member may unpack to more."""
    try:
        with zipfile.ZipFile(archive) as found:
            members = found.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ArchiveError from error
    if any(item.flag_bits & 1 for item in members):
        raise LockedArchiveError
    return members
