DELETE FROM page_session
WHERE membership_id = :membership AND ((token_id IS NULL AND id <> :session) OR :disabled)
