"""The address of the picture that counts visits."""

from django.urls import path

from visits.views import pixel

app_name = "visits"
urlpatterns = [path("kunjungan.gif", pixel, name="pixel")]
