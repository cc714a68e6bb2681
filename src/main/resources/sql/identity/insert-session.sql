INSERT INTO page_session (id, session_hash, membership_id, token_id, created_at, last_seen_at, expires_at)
VALUES (:id, :hash, :membership, :token, :now, :now, :expires)
