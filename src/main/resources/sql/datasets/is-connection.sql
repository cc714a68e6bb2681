SELECT COUNT(*) FROM connection c
WHERE c.id = :connection AND c.workspace_id = :workspace
    AND (c.owner_id = :person OR c.is_global OR :all
         OR EXISTS (SELECT 1 FROM connection_share s WHERE s.connection_id = c.id AND s.person_id = :person)
         OR EXISTS (SELECT 1 FROM imported_dataset d WHERE d.connection_id = c.id AND d.owner_id = :person))
