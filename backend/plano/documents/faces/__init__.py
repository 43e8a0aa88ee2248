"""Faces of the library beside Django: bytes in and out, plain ASGI. Django decides access, and nothing else."""
