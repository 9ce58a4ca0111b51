"""What is measured beside koujing. These modules run in an environment of their own and import nothing of koujing."""
