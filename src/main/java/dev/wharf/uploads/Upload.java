package dev.wharf.uploads;

import dev.wharf.store.Content;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import java.sql.Timestamp;

/**
 * A file on its way into the uploads folder.
 *
 * @param place where it will be, in base storage as its owner has it
 * @param name what the client calls it
 * @param content to be read once
 * @param begun when it was named
 */
public record Upload(String uuid, Place place, String name, Content content, Timestamp begun) implements Placed {}
