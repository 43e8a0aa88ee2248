"""Mon bureau, Accueil and search: read-only views over several features, each asked with the actor explicit.

The only thing kept here is when a person last visited a workspace (`Visit`), so that the home can say what is new.
"""
