from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "plano.platform.live"
    label = "live"
