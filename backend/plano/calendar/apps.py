from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "plano.calendar"
    label = "calendar"
