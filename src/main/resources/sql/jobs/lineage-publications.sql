SELECT g.id FROM job_group g WHERE g.published_from = :jobGroup ORDER BY g.id DESC FETCH FIRST 100 ROWS ONLY
