UPDATE imported_dataset SET state = 'discarded' WHERE id = :id AND state <> 'ready'
