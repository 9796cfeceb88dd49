"""What other systems post by themselves, without anybody asking them to speak a messenger's form: one file a system.

Each is a pure function from what came to a post of ours, or to None: "nothing to say". None of them trusts what came: any field may
be missing, null, of another type or huge, and what is there is said all the same. The text is English, as the systems' own.
"""
