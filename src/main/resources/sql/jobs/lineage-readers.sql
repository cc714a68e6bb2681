-- The jobs that have read a dataset, newest first.
SELECT g.id FROM job_group g
WHERE g.dataset_id = :dataset AND g.published_from IS NULL
ORDER BY g.id DESC
FETCH FIRST 100 ROWS ONLY
