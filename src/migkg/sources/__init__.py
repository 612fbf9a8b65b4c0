"""Which passages support each row of a result: query, triples behind the row, evidence."""
