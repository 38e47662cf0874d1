"""The words in use, by which typed words are understood."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """A word of what is on show, renewed by ``catalog.search.vocabulary``; never edited.

    ``roots``: what it comes from ("membatik": "batik"; English stems as "en:weav"); ``keys``: how those sound;
    ``sound``: how the word itself does.
    ``in_names``, ``in_names_en``: in how many products' names; ``uses``: in how many texts at all.
    """

    word = models.TextField(primary_key=True)
    roots = ArrayField(models.TextField())
    keys = ArrayField(models.TextField())
    sound = models.TextField()
    in_names = models.PositiveIntegerField(default=0)
    in_names_en = models.PositiveIntegerField(default=0)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("kata yang dipakai")
        verbose_name_plural = _("kata yang dipakai")
        indexes = [
            GinIndex(fields=["keys"], name="word_keys"),
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="word_trigrams"),
            GinIndex(OpClass("sound", name="gin_trgm_ops"), name="word_sound_trigrams"),
            models.Index(OpClass("word", name="text_pattern_ops"), name="word_beginnings"),
            models.Index(OpClass("sound", name="text_pattern_ops"), name="word_sound_beginnings"),
        ]

    def __str__(self):
        return self.word
