"""Embedded services and the supervisor: what `make run`, `make test` and `manage.py` start by themselves.

Nothing in this package imports Django, so that it works before settings can be read.
"""
