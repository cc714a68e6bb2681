SELECT output_home_dir FROM membership
WHERE workspace_id = :workspace AND output_home_dir IS NOT NULL
ORDER BY output_home_dir
