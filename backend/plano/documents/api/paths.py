"""Addresses that several files of this face share."""

NODE = "/nodes/{uuid:node_id}"
