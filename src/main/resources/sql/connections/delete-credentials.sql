DELETE FROM credential WHERE connection_id = :connection
