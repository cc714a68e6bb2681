SELECT id, description, created_at, expires_at, last_used_at
FROM access_token
WHERE membership_id = :membership
ORDER BY created_at, id
LIMIT :limit OFFSET :offset
