"""Meetings: who may enter, who is there, and the gate between browsers and the media server (docs/admin/calls.md)."""
