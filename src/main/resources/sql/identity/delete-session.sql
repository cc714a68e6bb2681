DELETE FROM page_session WHERE session_hash = :hash
