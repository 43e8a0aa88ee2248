"""The bus of this installation: PostgreSQL's, unless another is named."""

from plano.platform.live.bus.base import Bus, Ephemera, Pokes
from plano.platform.live.bus.postgres import PostgresBus


def chosen_bus(*, bus_url: str | None, dsn: str, secret_key: str, on_poke: Pokes, on_ephemeral: Ephemera) -> Bus:
    """`bus_url`: `redis://`, `rediss://` or `unix://`; None: LISTEN/NOTIFY of the database `dsn`."""
    if bus_url is None:
        return PostgresBus(dsn=dsn, on_poke=on_poke, on_ephemeral=on_ephemeral)
    from plano.platform.live.bus.redis import RedisBus, channel_of

    return RedisBus(url=bus_url, channel=channel_of(secret_key), on_poke=on_poke, on_ephemeral=on_ephemeral)
