"""Where weights come from and what runs them: registry, set-up, an encoder and three writers."""
