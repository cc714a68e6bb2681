DELETE FROM schedule_run
WHERE schedule_id = :schedule AND dataset_id IS NULL AND state IN ('complete', 'failed', 'skipped')
    AND NOT EXISTS (SELECT 1 FROM arrival a WHERE a.run_id = schedule_run.id)
    AND id < (SELECT MIN(n.id) FROM (SELECT id FROM schedule_run
        WHERE schedule_id = :schedule ORDER BY id DESC FETCH FIRST 1000 ROWS ONLY) n)
