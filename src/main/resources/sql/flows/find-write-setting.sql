SELECT w.id, w.uuid, w.output_id, n.flow_id, f.workspace_id, w.path, w.result_format, w.compression, w.has_header, w.delim, w.has_quotes,
    w.is_single_file, w.parameters, w.creator_id, w.updater_id, w.created_at, w.updated_at
FROM saved_write_setting w
JOIN output_object o ON o.id = w.output_id
JOIN flow_node n ON n.id = o.recipe_id
JOIN flow f ON f.id = n.flow_id
WHERE w.id = :id AND f.workspace_id = :workspace AND (f.owner_id = :person OR :all)
