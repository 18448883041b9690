// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/** Defaults for the checkpoint verbs, by CRIU's own names. */
public record CheckpointDefaults(
    boolean tcpEstablished,
    boolean tcpClose,
    boolean fileLocks,
    boolean extUnixSk,
    Optional<String> networkLock) {
  public static final CheckpointDefaults NONE =
      new CheckpointDefaults(false, false, false, false, Optional.empty());

  public CheckpointDefaults {
    Objects.requireNonNull(networkLock, "networkLock");
  }
}
