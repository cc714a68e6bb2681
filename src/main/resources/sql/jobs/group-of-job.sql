-- Its own, and that whose results it has published to another place.
SELECT g.id FROM job j JOIN job_group g ON g.id = j.job_group_id WHERE j.id = :job
UNION ALL
SELECT g.published_from FROM job j JOIN job_group g ON g.id = j.job_group_id
WHERE j.id = :job AND g.published_from IS NOT NULL
