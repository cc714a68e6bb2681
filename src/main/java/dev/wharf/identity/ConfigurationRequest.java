package dev.wharf.identity;

import java.util.List;

/** What is set for a workspace, as it is asked for and answered ({@code domain.md} §3.9): values are text. */
public record ConfigurationRequest(List<Item> configuration) {
    public record Item(String key, String value) {}
}
