"""``python -m bench.photos``: all sizes of the demonstration's photos, which a worker makes elsewhere. Once; minutes.

Without them every card shows a JPEG, and a page weighs several times what its visitors get."""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()

    from expo.derivatives import RECIPE, derive
    from expo.models import Picture

    for pk in Picture.objects.filter(recipe__lt=RECIPE).values_list("pk", flat=True):
        derive(pk)


if __name__ == "__main__":
    main()
