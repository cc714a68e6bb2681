-- Only the dataset as it was seen: whoever looked at its source before somebody else changed it has looked in vain.
UPDATE imported_dataset
SET name = CASE WHEN :named = TRUE THEN :name ELSE name END,
    description = CASE WHEN :described = TRUE THEN :description ELSE description END,
    bucket = :bucket, object_key = :key, connection_id = :connection, parameters = :parameters, disable_type_inference = :disableTypeInference,
    text_header = :header, text_delimiter = :delimiter, text_encoding = :encoding, text_quote = :quote,
    structure_check = :check, columns_union = :union, column_types = :types, skip_archived = :skipArchived,
    updater_id = :updater, updated_at = :now
WHERE id = :id AND manifest_id = :seen AND deleted_at IS NULL
