"""Importing figures recorded elsewhere: a CSV file becomes historical entries, all of it or nothing."""
