package dev.wharf.running;

/**
 * What a run has to know of an imported dataset.
 *
 * @param connectionId where its files are; null for base storage
 * @param bytes of all files
 */
record Dataset(
        long id,
        String name,
        long ownerId,
        String bucket,
        Long connectionId,
        boolean disableTypeInference,
        long bytes) {}
