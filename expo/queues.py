"""Who does what later: the queues, which task stands in which, and what the scheduler asks for (docs/adr/0201).

A worker of its own counts at length, so that nobody waits behind it who must not: recaps are sealed at their minute,
visits are moved, mails leave. A worker that is not told which queue it serves serves both.
"""

from kombu import Queue

QUICK, COUNTING = "celery", "counting"
QUEUES = [Queue(name, routing_key=name) for name in (QUICK, COUNTING)]

# What may take minutes where the journal is large. Everything else is quick, or a small step of something long.
ROUTES = {
    task: {"queue": COUNTING}
    for task in (
        "journal.tasks.roll_up",
        "journal.tasks.check_rollups",
        "reports.tasks.send_recaps",
        "reports.tasks.check_seals",
        "reports.tasks.prepare_annexes",
    )
}

# One tick a minute; what is due is the domain's decision, and it claims its work. A tick waits as long as it is fresh,
# and does nothing if another has overtaken it (expo/ticks.py): ticks neither pile up nor go under.
MINUTE, HOUR = 60.0, 3600.0
FRESH = {MINUTE: 900, HOUR: 3500}  # seconds
SCHEDULE = {
    task: {"task": task, "schedule": every, "options": {"expires": FRESH[every]}}
    for every, tasks in {
        MINUTE: (
            "reports.tasks.issue_due",
            "visits.tasks.flush_visits",
            "expo.tasks.deliver_pending_mail",
            "orders.tasks.expire_due",
            "orders.tasks.remind_unpaid",
            "orders.tasks.ask_gateway",
            "orders.tasks.complete_due",
            "journal.tasks.roll_up",
            "journal.tasks.check_rollups",
            "reports.tasks.send_recaps",
            "reports.tasks.check_seals",
            "reports.tasks.prepare_annexes",
            "catalog.tasks.renew_vocabulary",
            "exhibitors.tasks.apply_accounts",
            "exhibitors.tasks.warn_of_ending_certificates",
            "catalog.tasks.continue_imports",
            "catalog.tasks.renew_market_standings",
            "expo.tasks.derive_pending_pictures",
            "accounts.tasks.watch_workers",
        ),
        HOUR: (
            "accounts.tasks.forget_sign_in_links",
            "expo.tasks.delete_unused_pictures",
            "catalog.tasks.delete_old_imports",
            "exhibitors.tasks.forget_unfinished_uploads",
            "reports.tasks.delete_old_checks",
            "reports.tasks.forget_annexes",
            "visits.tasks.destroy_overdue_salts",
        ),
    }.items()
    for task in tasks
}


def queue_of(task: str) -> str:
    return ROUTES.get(task, {"queue": QUICK})["queue"]


def ticks_of(queue: str) -> list[str]:
    """Those of every minute: by them one sees whether somebody serves the queue."""
    return [task for task, entry in SCHEDULE.items() if entry["schedule"] == MINUTE and queue_of(task) == queue]
