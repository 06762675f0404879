"""The server: what the command line answers, over HTTP, with a key and on record."""
