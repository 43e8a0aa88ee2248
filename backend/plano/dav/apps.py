from django.apps import AppConfig


class DavConfig(AppConfig):
    name = "plano.dav"
    label = "dav"
