DELETE FROM connection_share WHERE connection_id = :connection AND person_id = :person
