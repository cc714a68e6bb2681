package dev.wharf.publishing;

import dev.wharf.store.Content;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;

/**
 * A file on its way from whoever has announced its job.
 *
 * @param fileId of its row
 * @param place where it is to be published
 * @param content to be read once
 * @param arrived the MD5 of what was read of it
 * @param known whether it has arrived before, so that it is only compared
 */
public record ArrivingFile(
        long jobGroupId, long fileId, String name, Place place, Content content, FileMd5 arrived, boolean known)
        implements Placed {}
