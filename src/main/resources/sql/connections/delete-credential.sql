DELETE FROM credential WHERE connection_id = :connection AND person_id = :person
