SELECT id, description, created_at, expires_at, last_used_at
FROM access_token
WHERE id = :id AND membership_id = :membership
