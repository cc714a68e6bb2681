package dev.wharf.identity.tokens;

import java.time.Instant;

/**
 * What is known of an access token ({@code domain.md} §3.1): everything but its value.
 *
 * @param expiredAt when it ends or has ended; null for never
 * @param lastUsed to the minute; null if it was never used
 */
public record TokenInfo(String tokenId, String description, Instant expiredAt, Instant createdAt, Instant lastUsed) {}
