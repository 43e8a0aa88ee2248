"""The way to the media server: a port and its adapter. Features and browsers know only the port."""
