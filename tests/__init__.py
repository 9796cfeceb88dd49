"""Tests of Narae; the folders mirror narae/."""
