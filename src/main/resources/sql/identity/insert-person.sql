INSERT INTO person (uuid, email, name, password_hash, created_at) VALUES (:uuid, :email, :name, :passwordHash, :now)
