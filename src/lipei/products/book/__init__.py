"""A whole book of claims: folders of partitions are read, calculated as columns, written, and compared under two editions."""
