"""The terminal: reads lines, hands them in at the tutor's door and shows the parts that come out."""
