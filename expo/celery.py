"""The queue: what happens later, and the ticks of the scheduler."""

import os

from celery import Celery
from celery.signals import worker_process_init

from expo.runtime.children import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expo.settings")

app = Celery("expo", task_cls="expo.ticks:Tick")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**_):
    """A pool process must not outlive a worker that was killed: its task is delivered again."""
    die_with_parent()
