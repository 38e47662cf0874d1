"""What the visitor's pages ask of the database: few queries, plain values, the same number for any count of rows."""
