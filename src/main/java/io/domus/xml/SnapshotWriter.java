// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.SnapshotDef;

/** Writes a snapshot in libvirt's order. What is read back is the same snapshot. */
public final class SnapshotWriter {
  private SnapshotWriter() {}

  public static String write(SnapshotDef snapshot) {
    Markup xml = new Markup();
    xml.open("domainsnapshot");
    snapshot.givenName().ifPresent(name -> xml.leaf("name", name));
    snapshot.description().ifPresent(description -> xml.leaf("description", description));
    snapshot.state().ifPresent(state -> xml.leaf("state", state.text()));
    snapshot
        .parent()
        .ifPresent(
            name -> {
              xml.open("parent");
              xml.leaf("name", name);
              xml.close();
            });
    snapshot
        .creationTime()
        .ifPresent(time -> xml.leaf("creationTime", Long.toString(time.getEpochSecond())));
    snapshot.memory().ifPresent(memory -> memory(xml, memory));
    snapshot.domain().ifPresent(xml::verbatim);
    snapshot.inactiveDomain().ifPresent(xml::verbatim);
    snapshot.current().ifPresent(current -> xml.leaf("active", current ? "1" : "0"));
    xml.close();
    return xml.toString();
  }

  private static void memory(Markup xml, SnapshotDef.Memory memory) {
    switch (memory) {
      case SnapshotDef.Memory.None none -> xml.empty("memory", "snapshot", "no");
      case SnapshotDef.Memory.Internal internal -> xml.empty("memory", "snapshot", "internal");
      case SnapshotDef.Memory.External external ->
          xml.empty("memory", "snapshot", "external", "file", external.file());
    }
  }
}
