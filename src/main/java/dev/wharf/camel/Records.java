package dev.wharf.camel;

import org.apache.camel.component.sql.DefaultRowMapperFactory;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.RowMapper;

/** Makes of a row the record that {@code outputClass} names: the column {@code dataset_name} is its {@code datasetName}. */
public final class Records extends DefaultRowMapperFactory {
    @Override
    public RowMapper<?> newBeanRowMapper(Class<?> type) {
        return new DataClassRowMapper<>(type);
    }
}
