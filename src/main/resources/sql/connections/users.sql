-- What needs a connection: datasets, what recipes are to write, schedules (in the address or the connectionId of a source, a
-- target or a queue), and jobs that are not over, which read through it or write through it.
SELECT what
FROM (SELECT 'dataset ' || CAST(d.id AS VARCHAR(20)) || ' "' || d.name || '"' AS what
      FROM imported_dataset d
      WHERE d.connection_id = :id AND d.deleted_at IS NULL
      UNION
      SELECT 'output object ' || CAST(w.output_id AS VARCHAR(20)) || ', which writes to it' AS what
      FROM saved_write_setting w
      WHERE w.path LIKE :suffix
      UNION
      SELECT 'schedule ' || CAST(s.id AS VARCHAR(20)) || ' "' || s.name || '"' AS what
      FROM schedule s
      WHERE s.deleted_at IS NULL
        AND (s.document LIKE :suffix || '"%'
             OR s.document LIKE :field || ',%'
             OR s.document LIKE :field || '}%')
      UNION
      SELECT 'job group ' || CAST(g.id AS VARCHAR(20)) || ', which is not over' AS what
      FROM job_group g
      LEFT JOIN imported_dataset d ON d.id = g.dataset_id
      WHERE g.status IN ('Created', 'InProgress')
        AND (d.connection_id = :id
             OR EXISTS (SELECT 1 FROM result_file f WHERE f.job_group_id = g.id AND f.connection_id = :id)
             OR EXISTS (SELECT 1
                        FROM write_setting w
                        WHERE w.job_group_id = g.id AND w.path LIKE :suffix))) users
ORDER BY what
FETCH FIRST 100 ROWS ONLY
