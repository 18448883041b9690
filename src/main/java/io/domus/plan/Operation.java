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
  ATTACH_INTERFACE,
  DETACH_INTERFACE,
  UPDATE_INTERFACE,
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
          PRUNE,
          ATTACH_INTERFACE,
          DETACH_INTERFACE,
          UPDATE_INTERFACE ->
          "domain";
    };
  }

  /** Whether all of it happens outside of the mount namespaces of domains. */
  boolean isOnHost() {
    return switch (this) {
      case NET_START,
          NET_DESTROY,
          NET_UPDATE,
          ATTACH_INTERFACE,
          DETACH_INTERFACE,
          UPDATE_INTERFACE ->
          true;
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
          false;
    };
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
