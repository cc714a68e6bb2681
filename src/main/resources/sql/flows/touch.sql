-- Whoever changes what stands in a flow has its row until the transaction ends: one at a time does.
UPDATE flow SET updater_id = :person, updated_at = :now
WHERE id = :id AND deleted_at IS NULL AND updated_at = COALESCE(:believed, updated_at)
