"""The web server's own logger, for ``--logger-class``."""

from gunicorn.glogging import Logger

from expo.logs import Discreet


class DiscreetLogger(Logger):
    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.addFilter(Discreet())
