DELETE FROM imported_dataset WHERE id = :id AND state = 'discarded'
