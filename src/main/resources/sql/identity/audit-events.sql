SELECT e.id, e.occurred_at, e.actor_id, e.person_id, p.email, e.via, e.operation, e.connection_id, e.bucket, e.object_key,
    e.outcome, e.detail, e.request_id
FROM audit_event e
JOIN person p ON p.id = e.person_id
WHERE e.workspace_id = :workspace AND e.id > :after
    AND (:connection = -1 OR e.connection_id = :connection OR (:connection = 0 AND e.connection_id IS NULL))
    AND (:person = -1 OR e.person_id = :person OR e.actor_id = :person)
    AND (:operation = '' OR e.operation = :operation)
    AND (:outcome = '' OR e.outcome = :outcome)
    AND (:request = '' OR e.request_id = :request)
    AND (:bucket = '' OR e.bucket = :bucket)
    AND COALESCE(e.object_key, '') LIKE :key ESCAPE '!'
    AND e.occurred_at >= :from AND e.occurred_at < :to
