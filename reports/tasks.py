"""Thin wrappers for the queue."""

from celery import shared_task

from reports import annex_files, dispatch, newsroom, schedule, sending, walk

# Before a mail a recap is counted from all its entries: some 31 s of the database's processor for each million of them,
# so this is enough for a hundred million. It may outlast the moment at which its message is delivered again; whoever
# gets that one finds a lock, or nothing left to do.
LONG = 3600


@shared_task
def issue_due() -> int:
    """Beat's tick: seal the recaps that are due. The worker that counts at length counts them again and sends them."""
    recaps = schedule.seal_due()
    if recaps:
        send_recaps.delay()
    return len(recaps)


@shared_task(time_limit=LONG)
def send_recaps() -> int:
    """Beat's tick: send what is due, and what staff asked to send."""
    return dispatch.send_waiting() + sending.send_asked()


@shared_task(time_limit=LONG)
def check_seals() -> int:
    """Beat's tick: go on with the walk along the chain, or begin that of the day; how many findings, if it ended."""
    check = walk.walk_when_due()
    return len(check.findings) if check else 0


@shared_task
def delete_old_checks() -> int:
    return newsroom.delete_old_checks()


@shared_task(time_limit=LONG)
def prepare_annexes() -> int:
    """Beat's tick: make the annexes that were asked for; how many there are now."""
    return annex_files.prepare_asked()


@shared_task
def forget_annexes() -> int:
    return annex_files.forget_old()
