from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "plano.accounts"
    label = "accounts"
