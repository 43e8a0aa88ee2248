"""Scripts that run alone in a cage. They import nothing of Plano, and each other by the folder they lie in."""
