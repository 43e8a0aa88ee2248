from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "plano.notifications"
    label = "notifications"
