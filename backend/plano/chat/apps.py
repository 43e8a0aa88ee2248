from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "plano.chat"
    label = "chat"
