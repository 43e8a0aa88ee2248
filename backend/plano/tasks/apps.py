from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "plano.tasks"
    label = "tasks"
