"""The manners of the command line: a result as text or JSON, and one sentence when the input is bad."""

import json
import sys
from contextlib import nullcontext

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from expo.errors import DomainError

BAD_INPUT = 2


class BadInputError(CommandError):
    """Ends a command with status 2 and its one sentence on standard error."""

    def __init__(self, sentence):
        super().__init__(str(sentence), returncode=BAD_INPUT)


class TidyParser(CommandParser):
    def error(self, message):
        raise BadInputError(message)


class TidyCommand(BaseCommand):
    """A command that reports its result through :meth:`report` and its refusals as one sentence.

    Called from the command line it exits; called from code (``call_command``) it raises BadInputError.
    """

    speaks: str | None = None  # a command that says sentences of the domain says them in the command line's language

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = TidyParser  # Django offers no way to name the class of its parser
        return parser

    def add_format(self, parser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how to write the result")

    def run_from_argv(self, argv):
        try:
            super().run_from_argv(argv)
        except BadInputError as error:
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def execute(self, *args, **options):
        with translation.override(self.speaks) if self.speaks else nullcontext():
            try:
                return super().execute(*args, **options)
            except (BadInputError, DomainError) as error:
                if not getattr(self, "_called_from_command_line", False):
                    raise error if isinstance(error, BadInputError) else BadInputError(error) from error
                self.stderr.write(str(error))
                sys.exit(BAD_INPUT)

    def report(self, result: dict, sentences: list[str], format: str) -> None:
        """Write ``result`` as one JSON object, or ``sentences``, to standard output."""
        if format == "json":
            self.stdout.write(json.dumps(result, ensure_ascii=False, sort_keys=True))
        else:
            self.stdout.write("\n".join(sentences))
