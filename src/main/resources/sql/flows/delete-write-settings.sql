DELETE FROM saved_write_setting
WHERE output_id IN (SELECT o.id
                    FROM output_object o
                    JOIN flow_node n ON n.id = o.recipe_id
                    WHERE n.id = :recipe OR n.flow_id = :flow)
