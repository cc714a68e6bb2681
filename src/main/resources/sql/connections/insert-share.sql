INSERT INTO connection_share (connection_id, person_id, grant_name, created_at, updated_at)
VALUES (:connection, :person, :grant, :now, :now)
