-- What needs a connection: datasets, what recipes are to write, schedules (in the address or the connectionId of a source, a
-- target or a queue), and jobs that are not over, which read through it or write through it.
SELECT type, id, name
FROM (SELECT CAST('importedDataset' AS VARCHAR(32)) AS type, d.id AS id, d.name AS name
      FROM imported_dataset d
      WHERE d.connection_id = :id AND d.deleted_at IS NULL
      UNION
      SELECT CAST('outputObject' AS VARCHAR(32)) AS type, w.output_id AS id, CAST(NULL AS VARCHAR(255)) AS name
      FROM saved_write_setting w
      WHERE w.path LIKE :suffix
      UNION
      SELECT CAST('schedule' AS VARCHAR(32)) AS type, s.id AS id, s.name AS name
      FROM schedule s
      WHERE s.deleted_at IS NULL
        AND (s.document LIKE :suffix || '"%'
             OR s.document LIKE :field || ',%'
             OR s.document LIKE :field || '}%')
      UNION
      SELECT CAST('jobGroup' AS VARCHAR(32)) AS type, g.id AS id, CAST(NULL AS VARCHAR(255)) AS name
      FROM job_group g
      LEFT JOIN imported_dataset d ON d.id = g.dataset_id
      WHERE g.status IN ('Created', 'InProgress')
        AND (d.connection_id = :id
             OR EXISTS (SELECT 1 FROM result_file f WHERE f.job_group_id = g.id AND f.connection_id = :id)
             OR EXISTS (SELECT 1
                        FROM write_setting w
                        WHERE w.job_group_id = g.id AND w.path LIKE :suffix))) users
ORDER BY type, id
FETCH FIRST 100 ROWS ONLY
