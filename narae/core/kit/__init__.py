"""Small tools that know nothing else: ids, clock, text, settings, errors, limits."""
