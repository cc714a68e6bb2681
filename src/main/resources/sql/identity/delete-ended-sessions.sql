DELETE FROM page_session WHERE expires_at < :before OR last_seen_at < :seenBefore
