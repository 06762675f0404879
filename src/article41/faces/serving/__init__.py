"""The commands that run the server and make its keys."""
