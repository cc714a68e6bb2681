package dev.wharf.kernel.api;

/** How the API refers to another object: {@code {"id": 1}} ({@code domain.md} §3.1). */
public record Reference(long id) {}
