// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.SnapshotDef;
import io.domus.xml.bind.SnapshotBean;
import io.domus.xml.bind.SnapshotMemoryBean;
import io.domus.xml.bind.TextBean;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Turns the beans of a snapshot, in which schema and rules found no error, into records. */
final class SnapshotMapping {
  private SnapshotMapping() {}

  /**
   * @param verbatim elements that are kept as they stand, by name
   */
  static SnapshotDef snapshot(String file, SnapshotBean bean, Map<String, String> verbatim) {
    return new SnapshotDef(
        NetworkMapping.text(bean.name),
        NetworkMapping.text(bean.description),
        Optional.ofNullable(bean.creationTime)
            .map(time -> Instant.ofEpochSecond(DomainMapping.number(time.value))),
        Optional.ofNullable(bean.state).map(SnapshotMapping::state),
        Optional.ofNullable(bean.parent).flatMap(parent -> NetworkMapping.text(parent.name)),
        Optional.ofNullable(bean.memory).map(SnapshotMapping::memory),
        Optional.ofNullable(bean.active).map(flag -> DomainMapping.number(flag.value) == 1),
        Optional.ofNullable(verbatim.get(SnapshotVocabulary.DOMAIN)),
        Optional.ofNullable(verbatim.get(SnapshotVocabulary.INACTIVE)),
        NetworkMapping.origin(file, bean));
  }

  static SnapshotDef.State state(TextBean bean) {
    return DomainMapping.constant(SnapshotDef.State.class, bean.value);
  }

  private static SnapshotDef.Memory memory(SnapshotMemoryBean bean) {
    String mode = bean.snapshot == null ? "external" : bean.snapshot.strip();
    return switch (mode) {
      case "no" -> new SnapshotDef.Memory.None();
      case "internal" -> new SnapshotDef.Memory.Internal();
      case String external -> new SnapshotDef.Memory.External(bean.file);
    };
  }
}
