// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The words that tools for Podman's checkpoints look for. */
class PodmanNamesTest {
  private static final PodmanNames NAMES =
      new PodmanNames(
          "web",
          UUID.fromString("5f2b0f0e-8d5c-4a7b-9a52-5d5d6d1b7c11"),
          "/srv/base",
          "crun",
          Instant.parse("2026-11-29T22:26:50Z"));

  @Test
  void areThoseOfPodman() throws IOException {
    assertEquals(
        "{\"id\":\"5f2b0f0e8d5c4a7b9a525d5d6d1b7c115f2b0f0e8d5c4a7b9a525d5d6d1b7c11\","
            + "\"name\":\"web\",\"rootfsImageName\":\"/srv/base\",\"runtime\":\"crun\","
            + "\"createdTime\":\"2026-11-29T22:26:50Z\"}",
        NAMES.config());
    assertEquals(
        "{\"ociVersion\":\"1.0.0\",\"hostname\":\"web\","
            + "\"annotations\":{\"io.container.manager\":\"libpod\"}}",
        NAMES.spec());
  }
}
