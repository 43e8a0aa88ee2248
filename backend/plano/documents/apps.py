from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "plano.documents"
    label = "documents"
