"""What people do with answers: follow customers, keep a record, prove answers later."""
