"""Tests of what speaks DingTalk's forms."""
