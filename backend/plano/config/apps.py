from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Plugs the features into each other once all models are loaded."""

    name = "plano.config"
    label = "plano_config"

    def ready(self) -> None:
        from plano.config.wiring import wire

        wire()
