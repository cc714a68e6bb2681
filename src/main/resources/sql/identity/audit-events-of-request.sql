-- What was done on behalf of one request or job, as far as somebody may see it: administrators all, others what concerns
-- connections of their own.
SELECT e.id, e.occurred_at, e.actor_id, e.person_id, p.email, e.via, e.operation, e.connection_id, e.bucket, e.object_key,
    e.outcome, e.detail, e.request_id
FROM audit_event e
JOIN person p ON p.id = e.person_id
WHERE e.request_id = :request AND e.workspace_id = :workspace AND e.id > :after
    AND (:all OR e.connection_id IN (SELECT c.id FROM connection c WHERE c.owner_id = :person))
ORDER BY e.id
FETCH FIRST 1000 ROWS ONLY
