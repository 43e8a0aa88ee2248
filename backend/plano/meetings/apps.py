from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "plano.meetings"
    label = "meetings"
