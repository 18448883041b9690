// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.NearestName;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.SavePaths;
import io.domus.domain.SnapshotDef;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import io.domus.xml.DomainWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The snapshots of a domain, for those who only look. */
public final class SnapshotView {
  private final Driver driver;
  private final SnapshotStore snapshots;

  public SnapshotView(Driver driver) {
    this.driver = driver;
    this.snapshots = new SnapshotStore(driver.layout());
  }

  /** The oldest first. */
  public List<StoredSnapshot> all(String domain) {
    try {
      return snapshots.of(domain);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** The one that the domain was last at. */
  public Optional<StoredSnapshot> current(String domain) {
    try {
      return snapshots.current(domain);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** One with the definition that belongs to it. */
  public SnapshotDef described(String domain, String name) {
    try {
      StoredSnapshot snapshot = one(domain, name);
      Path file =
          snapshot.memory()
              ? SavePaths.definition(snapshot.paths().image())
              : snapshot.paths().definition();
      DomainDef definition =
          identified(
              domain,
              new DefinitionReader(driver)
                  .parse(file.toString(), Files.readAllBytes(file))
                  .domain());
      boolean now = current(domain).filter(each -> each.name().equals(name)).isPresent();
      return snapshot.description().with(DomainWriter.write(definition).strip(), now);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** A uuid that was not in the definition is the domain's all the same. */
  private DomainDef identified(String domain, DomainDef definition) {
    return definition.uuid().isPresent()
        ? definition
        : new DefinitionReader(driver)
            .uuid(domain)
            .map(definition::withIdentity)
            .orElse(definition);
  }

  /** One by its name. */
  public StoredSnapshot one(String domain, String name) {
    try {
      return snapshots.find(domain, name).orElseThrow(() -> missing(snapshots, domain, name));
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** Those among some that were taken after it, whatever lies between; the leaves first. */
  public static List<StoredSnapshot> descendants(
      StoredSnapshot snapshot, List<StoredSnapshot> all) {
    List<StoredSnapshot> found = new ArrayList<>();
    collect(snapshot, all, found);
    return found;
  }

  private static void collect(
      StoredSnapshot parent, List<StoredSnapshot> all, List<StoredSnapshot> found) {
    for (StoredSnapshot each : all) {
      boolean child = each.parent().filter(parent.name()::equals).isPresent();
      if (child && !found.contains(each)) {
        collect(each, all, found);
        found.add(each);
      }
    }
  }

  /**
   * Refuses what snapshots would not survive.
   *
   * @param cannot begins the message: "cannot rename domain 'web': "
   * @param remedy what removes them
   */
  void refuse(String domain, String cannot, String remedy) {
    int count = all(domain).size();
    if (count > 0) {
      throw new OperationInvalidException(
          "%sit has %d snapshot%s; %s removes them"
              .formatted(cannot, count, count == 1 ? "" : "s", remedy));
    }
  }

  static OperationInvalidException missing(SnapshotStore snapshots, String domain, String name) {
    List<String> known;
    try {
      known = snapshots.names(domain);
    } catch (IOException unreadable) {
      known = List.of();
    }
    return new OperationInvalidException(
        "domain '" + domain + "' has no snapshot '" + name + "'" + NearestName.hint(name, known));
  }

  private static OperationFailedException failed(String domain, Exception failure) {
    return new OperationFailedException(
        "cannot read the snapshots of domain '" + domain + "': " + failure.getMessage(), failure);
  }
}
