INSERT INTO access_token (id, membership_id, token_hash, description, created_at, expires_at)
VALUES (:id, :membership, :hash, :description, :now, :expires)
