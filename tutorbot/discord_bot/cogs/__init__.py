"""What the bot hears: thin shells that turn Discord's events into messages for the tutor."""
