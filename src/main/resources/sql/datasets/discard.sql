UPDATE manifest
SET state = 'discarded'
WHERE id = :manifest
    AND (state <> 'ready' OR NOT EXISTS (SELECT 1 FROM imported_dataset d WHERE d.manifest_id = manifest.id))
