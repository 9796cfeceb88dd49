"""Reads a Slack export: its zip file, its people and rooms, and its messages turned into Narae's own words.

The reference is Slack's public description ("How to read Slack data exports" and the API's message and block types).
Real exports differ from it in every field, so everything here takes whatever is there, keeps what it can, and notes the
rest in the report; only an archive that can't be opened or passes a limit is refused.
"""
