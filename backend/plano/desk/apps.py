from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "plano.desk"
    label = "desk"
