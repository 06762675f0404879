"""What people do with answers: keep them on record, prove them later."""
