"""Payment messages: what each text of one says, the act that follows from it, and the answer."""
