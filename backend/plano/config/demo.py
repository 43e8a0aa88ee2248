"""The demonstration: one organisation, two workspaces, five people, a full office (contract.md)."""
