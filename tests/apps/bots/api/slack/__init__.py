"""Tests of what speaks to us in the forms of Slack and Mattermost."""
