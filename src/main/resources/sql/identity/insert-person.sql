INSERT INTO person (uuid, email, name, created_at) VALUES (:uuid, :email, :name, :now)
