SELECT COUNT(*)
FROM (
    SELECT id FROM access_token WHERE id = :id
    UNION ALL
    SELECT id FROM page_session WHERE id = :id
) proof
