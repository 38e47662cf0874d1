"""Django's SMTP backend, which says when a message is about to be the server's.

A server has taken a message when it has read the line with the dot that ends it. Until then whatever breaks leaves
nothing behind; from then on a broken connection says nothing about what became of it. So the dot is held back until
``before_end`` has returned, and if that refuses, the message was never sent.
"""

import re
import smtplib
from collections.abc import Callable

from django.core.mail.backends.smtp import EmailBackend

# How long a server may think about a message before it answers: it looks for viruses and spam meanwhile. Giving up
# earlier would leave in doubt what has arrived (RFC 5321, 4.5.3.2.6, which asks for more).
ANSWER_WITHIN = 120
END = b".\r\n"


def nothing() -> None:
    pass


class HoldingMixin(smtplib.SMTP):
    """Sends the end of a message apart from the rest of it."""

    before_end: Callable[[], None] = staticmethod(nothing)

    def data(self, msg) -> tuple[int, bytes]:
        """As in smtplib, for bytes with line ends of mail."""
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        quoted = re.sub(rb"(?m)^\.", b"..", msg)
        self.send(quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n")
        try:
            self.before_end()
        except BaseException:
            self.close()  # what comes next would be read as the rest of the message
            raise
        if self.sock:
            self.sock.settimeout(ANSWER_WITHIN)
        self.send(END)
        return self.getreply()


class HoldingSMTP(HoldingMixin):
    pass


class HoldingSSL(HoldingMixin, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """``before_end`` is called once for each message; an exception of it takes the message back."""

    says_when = True
    before_end: Callable[[], None] = staticmethod(nothing)

    @property
    def connection_class(self):
        return HoldingSSL if self.use_ssl else HoldingSMTP

    def _send(self, email_message):
        self.connection.before_end = self.before_end
        return super()._send(email_message)

    def _close_connection(self, connection):
        """Whatever becomes of the goodbye, the message was answered before it."""
        try:
            super()._close_connection(connection)
        except OSError:  # all errors of smtplib are of this kind
            connection.close()
