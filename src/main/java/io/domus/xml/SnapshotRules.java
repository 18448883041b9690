// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkDef;
import io.domus.domain.SnapshotDef;
import io.domus.xml.bind.SnapshotBean;
import io.domus.xml.bind.SnapshotMemoryBean;
import io.domus.xml.bind.TextBean;

/** What a snapshot must keep beyond its schema. */
final class SnapshotRules {
  private static final String MEMORY = "snapshot.memory";

  private final Faults faults;

  SnapshotRules(Faults faults) {
    this.faults = faults;
  }

  void check(SnapshotBean snapshot) {
    name(snapshot.name);
    if (snapshot.parent != null) {
      name(snapshot.parent.name);
      parent(snapshot);
    }
    SnapshotMemoryBean memory = snapshot.memory;
    if (memory != null && !memory.incomplete) {
      file(memory);
      dead(snapshot, memory);
    }
  }

  private void name(TextBean name) {
    if (name != null && !name.incomplete && !NetworkDef.isName(name.value)) {
      faults.error(
          "snapshot.name",
          faults.content(name),
          "no file can be called so: " + NetworkDef.NAME_RULE);
    }
  }

  private void parent(SnapshotBean snapshot) {
    TextBean name = snapshot.parent.name;
    if (name == null) {
      if (!snapshot.parent.incomplete) {
        faults.error("snapshot.parent", Faults.of(snapshot.parent), "<parent> needs a <name>");
      }
    } else if (snapshot.name != null && name.value.equals(snapshot.name.value)) {
      faults.error("snapshot.parent", faults.content(name), "the snapshot is its own parent");
    }
  }

  private void file(SnapshotMemoryBean memory) {
    String mode = memory.snapshot == null ? "external" : memory.snapshot.strip();
    if (memory.file == null) {
      if (mode.equals("external")) {
        faults.error(
            MEMORY,
            Faults.of(memory),
            "<memory%s> needs the attribute 'file'"
                .formatted(memory.snapshot == null ? "" : " snapshot='external'"));
      }
      return;
    }
    if (!mode.equals("external")) {
      faults.error(
          MEMORY,
          faults.attribute(memory, "file"),
          "attribute 'file' is for snapshot='external', not '%s'".formatted(mode));
    } else if (!memory.file.startsWith("/")) {
      faults.error(
          MEMORY,
          faults.attribute(memory, "file"),
          Printable.quoted(memory.file) + " is not an absolute path");
    }
  }

  private void dead(SnapshotBean snapshot, SnapshotMemoryBean memory) {
    boolean none = memory.snapshot != null && memory.snapshot.strip().equals("no");
    if (snapshot.state == null || snapshot.state.incomplete || none) {
      return;
    }
    SnapshotDef.State state = SnapshotMapping.state(snapshot.state);
    if (!state.isLive()) {
      faults.error(
          MEMORY,
          Faults.of(memory),
          "a domain in state '%s' has no memory to keep".formatted(state.text()));
    }
  }
}
