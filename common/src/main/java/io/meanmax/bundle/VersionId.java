package io.meanmax.bundle;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The name of a new version and the moment in it: {@code 20261120-130501-3fa2}, UTC. Names sort by
 * time to the second; the suffix keeps runs of the same second apart.
 */
record VersionId(Instant createdAt, String version) {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final SecureRandom SUFFIXES = new SecureRandom();

  /** A version of this moment with a name of somebody else's. */
  static VersionId named(String version) {
    return new VersionId(Instant.now().truncatedTo(ChronoUnit.MILLIS), version);
  }

  /** A version of this moment. The suffix is no part of training, so it takes no seed. */
  static VersionId next() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new VersionId(
        now, SECONDS.format(now) + String.format("-%04x", SUFFIXES.nextInt(1 << 16)));
  }
}
