-- Whether no types are found out for what is imported through a connection, where the import itself does not say.
SELECT disable_type_inference FROM connection WHERE id = :connection
