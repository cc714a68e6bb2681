-- Whether a profile was saved as wanted for a recipe, for jobs that somebody starts or for those of schedules.
SELECT profiler
FROM output_object
WHERE recipe_id = :recipe AND is_adhoc = :adhoc
