from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "plano.platform.audit"
    label = "audit"
