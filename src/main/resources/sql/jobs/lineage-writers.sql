-- The jobs that have written files of which a manifest consists, in the version that was imported; of the first files alone, as
-- there may be very many.
SELECT DISTINCT f.job_group_id
FROM manifest_file m
JOIN result_file f ON f.bucket = :bucket AND f.object_key = m.object_key AND COALESCE(f.etag, '') = m.etag
WHERE m.manifest_id = :manifest AND m.file_no < 10000 AND f.state = 'published'
ORDER BY f.job_group_id DESC
FETCH FIRST 100 ROWS ONLY
