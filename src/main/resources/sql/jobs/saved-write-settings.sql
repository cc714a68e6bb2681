-- What was saved for a recipe, for jobs that somebody starts or for those of schedules.
SELECT w.path, w.result_format, w.compression, w.has_header, w.delim, w.has_quotes, w.is_single_file, w.parameters
FROM saved_write_setting w
JOIN output_object o ON o.id = w.output_id
WHERE o.recipe_id = :recipe AND o.is_adhoc = :adhoc
ORDER BY w.id
