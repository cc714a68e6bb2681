INSERT INTO workspace (uuid, name, created_at) VALUES (:uuid, :name, :now)
