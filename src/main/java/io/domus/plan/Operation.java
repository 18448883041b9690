// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import java.util.Locale;

/** What a plan is for. */
public enum Operation {
  START,
  RESTORE,
  SAVE,
  SNAPSHOT,
  REVERT,
  SNAPSHOT_DELETE,
  EXPORT,
  IMPORT,
  ARRIVE,
  STOP,
  CLONE,
  FLATTEN,
  UNDEFINE,
  PRUNE,
  NET_START,
  NET_DESTROY,
  NET_UPDATE;

  /** What it is done to. */
  public String subject() {
    return switch (this) {
      case NET_START, NET_DESTROY, NET_UPDATE -> "network";
      case START,
          RESTORE,
          SAVE,
          SNAPSHOT,
          REVERT,
          SNAPSHOT_DELETE,
          EXPORT,
          IMPORT,
          ARRIVE,
          STOP,
          CLONE,
          FLATTEN,
          UNDEFINE,
          PRUNE ->
          "domain";
    };
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
