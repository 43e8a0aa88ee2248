"""The board of a workspace: columns, labels and tasks. A task belongs to the scope of its workspace."""
