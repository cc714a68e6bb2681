INSERT INTO membership (workspace_id, person_id, created_at) VALUES (:workspace, :person, :now)
