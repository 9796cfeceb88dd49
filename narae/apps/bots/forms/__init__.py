"""What robots are told and what they tell, in the words of others: pure functions."""
