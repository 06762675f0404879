"""Sanctions, from what an authority publishes to the act that is stopped."""
