DELETE FROM connection_share WHERE connection_id = :connection
