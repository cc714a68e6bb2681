-- Locks the row, if there is one, until the transaction ends.
UPDATE aws_config SET holder = :holder WHERE holder = :holder
