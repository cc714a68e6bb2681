SELECT m.id FROM manifest m
WHERE m.state = 'discarded'
    OR (m.state = 'writing' AND m.updated_at < :#${variable.before})
    OR (m.state = 'ready' AND m.updated_at < :#${variable.before}
        AND NOT EXISTS (SELECT 1 FROM imported_dataset d WHERE d.manifest_id = m.id)
        AND NOT EXISTS (
            SELECT 1 FROM job_group g
            WHERE g.manifest_id = m.id AND g.status NOT IN ('Complete', 'Failed', 'Canceled')))
