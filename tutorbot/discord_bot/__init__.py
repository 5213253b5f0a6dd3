"""The Discord adapter: hears messages, hands them to the tutor's door and shows the parts that come out.

Pure, without discord.py: `listening` (whether and what to answer), `escaping`, `splitting` and `rendering` (parts to
messages within Discord's limits), `streaming` and `replying` (from a worker thread to paced edits).
"""
