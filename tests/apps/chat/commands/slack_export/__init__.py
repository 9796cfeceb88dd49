"""Reading Slack exports."""
