"""What a measure binds: the catalogue, nexus, prohibitions, relief, ownership. Compares no text."""
