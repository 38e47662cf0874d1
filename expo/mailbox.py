"""The demonstration's mailbox: whatever the system would have sent can be read in the browser."""

from functools import wraps

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from expo.delivery import attachment_path
from expo.models import OutgoingMail

PAGE = 50


def demonstration_only(view):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return require_safe(never_cache(wrapper))


@demonstration_only
def mailbox(request):
    mails = OutgoingMail.objects.order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        mails = mails.filter(pk__lt=int(before))
    rows = list(mails.defer("body", "html")[: PAGE + 1])
    return render(request, "expo/mailbox.html", {"mails": rows[:PAGE], "has_older": len(rows) > PAGE})


@demonstration_only
@csp_update({"frame-src": [SELF]})
def mail(request, pk):
    return render(request, "expo/mail.html", {"mail": get_object_or_404(OutgoingMail, pk=pk)})


@demonstration_only
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [NONE],
        "script-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "frame-ancestors": [SELF],
        "sandbox": [""],
    }
)
def formatted(request, pk):
    """The mail as a mail program shows it: in a frame that may do nothing, under a policy of its own."""
    found = get_object_or_404(OutgoingMail.objects.exclude(html=""), pk=pk)
    return HttpResponse(found.html)


@demonstration_only
def attachment(request, pk, number):
    attachments = get_object_or_404(OutgoingMail, pk=pk).attachments
    if number >= len(attachments):
        raise Http404
    found = attachments[number]
    try:
        file = attachment_path(found).open("rb")
    except (OSError, ValueError):
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=found["name"], content_type=found.get("type"))
