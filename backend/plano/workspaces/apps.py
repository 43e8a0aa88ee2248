from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "plano.workspaces"
    label = "workspaces"
