"""Tables, engine, transactions, attachment bytes and the search index. No rule stands here."""
