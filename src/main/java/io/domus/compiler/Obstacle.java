// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Origin;
import java.util.Objects;

/**
 * What keeps CRIU from dumping a guest.
 *
 * @param text what is the matter
 * @param remedy what helps for certain; empty if nothing does
 */
public record Obstacle(Kind kind, String text, String remedy, Origin origin) {
  /** Every kind there is; whoever can only see it in a running guest says so. */
  public enum Kind {
    CRIU_MISSING("checkpoint.criu-missing", true),
    CRIU_VERSION("checkpoint.criu-version", true),
    CRIU_SOCKETS("checkpoint.criu-sockets", false),
    RUNTIME("checkpoint.runtime", true),
    NETWORK_LOCK("checkpoint.network-lock", true),
    NESTED_ROOT("checkpoint.nested-root", false),
    MOUNT_LINE("checkpoint.mount-line", true),
    IDMAP("checkpoint.idmap", true),
    DEVICE("checkpoint.device", false),
    HOST_LINK("checkpoint.host-link", true),
    FUSE("checkpoint.fuse", true),
    INOTIFY("checkpoint.inotify", true),
    TRACED("checkpoint.traced", true),
    STOPPED("checkpoint.stopped", true),
    IO_URING("checkpoint.io-uring", true),
    LIMITS("checkpoint.limits", true);

    private final String rule;
    private final boolean certain;

    Kind(String rule, boolean certain) {
      this.rule = rule;
      this.certain = certain;
    }

    /** The id, as of the rules for documents. */
    public String rule() {
      return rule;
    }

    /** Whether it is the same for all domains. */
    public boolean ofHost() {
      return switch (this) {
        case CRIU_MISSING, CRIU_VERSION, CRIU_SOCKETS, RUNTIME, NETWORK_LOCK -> true;
        case NESTED_ROOT,
            MOUNT_LINE,
            IDMAP,
            DEVICE,
            HOST_LINK,
            FUSE,
            INOTIFY,
            TRACED,
            STOPPED,
            IO_URING,
            LIMITS ->
            false;
      };
    }

    /** Whether a dump is bound to fail; else it depends on what the guest does. */
    public boolean certain() {
      return certain;
    }
  }

  public Obstacle {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(remedy, "remedy");
    Objects.requireNonNull(origin, "origin");
    if (text.isBlank()) {
      throw new IllegalArgumentException("an obstacle needs a text");
    }
  }

  /** One that no line of a definition is to blame for. */
  public static Obstacle of(Kind kind, String text, String remedy) {
    return new Obstacle(kind, text, remedy, Origin.NONE);
  }

  /** What is the matter and what helps. */
  public String message() {
    return remedy.isEmpty() ? text : text + "; " + remedy;
  }

  /** The same with the place in the definition and the id. */
  public String sentence() {
    String place = origin.known() ? " (" + origin + ")" : "";
    return message() + place + " [" + kind.rule() + "]";
  }
}
