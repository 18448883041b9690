// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainExistsException;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.store.DomainRename;
import io.domus.store.FileChanges;
import io.domus.xml.DefinitionEdit;
import io.domus.xml.DefinitionEdit.Edited;
import io.domus.xml.DomainReference;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Gives a domain that is off another name; its uuid, its state and its log go with it. */
public final class RenameOperation {
  private final Driver driver;
  private final FileChanges files;

  public RenameOperation(Driver driver) {
    this(driver, FileChanges.DURABLE);
  }

  /**
   * @param files does the work; another one fails on purpose
   */
  RenameOperation(Driver driver, FileChanges files) {
    this.driver = driver;
    this.files = files;
  }

  /**
   * What a rename would do.
   *
   * @param edited the definition
   * @param moves present and future names of files and directories, the definition's first
   */
  public record Rehearsal(Edited edited, List<List<Path>> moves) {
    public Rehearsal {
      moves = List.copyOf(moves);
    }
  }

  /**
   * A place that says the old name and is left as it is.
   *
   * @param domain whose definition it is in
   * @param now what it would have to say
   */
  public record Reference(String domain, Path file, DomainReference place, String now) {}

  public void run(String from, String to) {
    checkName(from, to);
    String first = from.compareTo(to) < 0 ? from : to;
    String second = first.equals(from) ? to : from;
    try {
      // Before the first lock: what died may need locks of names that come before it.
      new OperationRecovery(driver).settle(first);
      new OperationRecovery(driver).settle(second);
      try (DomainJob _ = DomainJob.begin(driver, first, "rename");
          DomainJob _ = DomainJob.begin(driver, second, "rename")) {
        Definition definition = checked(from, to);
        byte[] after = edited(from, to, definition).bytes();
        driver.definitions().delete(to);
        rename(from, to).run(definition.bytes(), after);
        tell(from, to);
      }
    } catch (IOException failure) {
      throw new OperationFailedException(cannot(from, to) + failure.getMessage(), failure);
    }
  }

  private void tell(String from, String to) {
    try {
      driver.idRanges().rename(from, to);
      Optional<UUID> uuid = new DefinitionReader(driver).uuid(to);
      driver.events().append(from, uuid, LifecycleEvent.UNDEFINED_RENAMED, "to " + to);
      driver.events().append(to, uuid, LifecycleEvent.DEFINED_RENAMED, "from " + from);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "domain '"
              + from
              + "' is now called '"
              + to
              + "', but that cannot be noted: "
              + failure.getMessage(),
          failure);
    }
  }

  /** Checks all that {@link #run} checks, and changes nothing. */
  public Rehearsal rehearse(String from, String to) {
    checkName(from, to);
    try {
      Definition definition = checked(from, to);
      return new Rehearsal(edited(from, to, definition), rename(from, to).rehearse());
    } catch (IOException failure) {
      throw new OperationFailedException(cannot(from, to) + failure.getMessage(), failure);
    }
  }

  private DomainRename rename(String from, String to) {
    return new DomainRename(driver.layout(), files, from, to);
  }

  private static String cannot(String from, String to) {
    return "cannot rename domain '" + from + "' to '" + to + "': ";
  }

  private static void checkName(String from, String to) {
    if (!DomainDef.isName(to)) {
      throw new InvalidDefinitionException(cannot(from, to) + DomainDef.NAME_RULE);
    }
    if (from.equals(to)) {
      throw new OperationInvalidException(cannot(from, to) + "it has that name");
    }
  }

  private Definition checked(String from, String to) throws IOException {
    if (!driver.definitions().exists(from)) {
      boolean known = new DomainView(driver).record(from).isPresent();
      throw known
          ? new OperationInvalidException("cannot rename transient domain '" + from + "'")
          : new NoSuchDomainException(from);
    }
    var state = new DomainView(driver).one(from).condition().state();
    if (state.active()) {
      throw new OperationInvalidException(cannot(from, to) + "domain is " + state.text());
    }
    new ManagedSave(driver, from).refuse(cannot(from, to), "");
    new SnapshotView(driver).refuse(from, cannot(from, to), "'snapshot-delete'");
    checkFree(from, to);
    Path file = driver.layout().definition(from);
    if (Files.isSymbolicLink(file)) {
      throw new OperationInvalidException(
          cannot(from, to) + file + " is a link to " + Files.readSymbolicLink(file));
    }
    return new DefinitionReader(driver).stored(from);
  }

  private void checkFree(String from, String to) throws IOException {
    if (driver.definitions().exists(to) || new DomainView(driver).record(to).isPresent()) {
      throw new DomainExistsException(cannot(from, to) + "domain '" + to + "' already exists");
    }
    Optional<Path> kept = driver.definitions().kept(to);
    if (kept.isPresent()) {
      throw new OperationInvalidException(
          cannot(from, to) + kept.get() + " holds what a former domain '" + to + "' has left");
    }
  }

  private Edited edited(String from, String to, Definition definition) {
    String file = driver.layout().definition(from).toString();
    Edited edited = DefinitionEdit.name(XmlSource.of(file, definition.bytes()), to);
    StartCycleGate.check(driver, file, new DefinitionReader(driver).parse(file, edited.bytes()));
    return edited;
  }

  /** What names the domain or its directory; nobody but its owner edits that. */
  public List<Reference> references(String from, String to) {
    List<Reference> references = new ArrayList<>();
    String directory = driver.layout().variable(from).toString();
    for (String domain : new DomainLookup(driver).names()) {
      Path file = driver.layout().definition(domain);
      for (DomainReference place : places(domain, file, from, directory)) {
        String now =
            switch (place.kind()) {
              case AFTER, NAMESPACE -> to;
              case PATH ->
                  driver.layout().variable(to) + place.value().substring(directory.length());
            };
        references.add(new Reference(domain, file, place, now));
      }
    }
    return references;
  }

  private List<DomainReference> places(String domain, Path file, String name, String directory) {
    try {
      Optional<byte[]> bytes = driver.definitions().read(domain);
      return bytes.isEmpty()
          ? List.of()
          : DomainReference.in(XmlSource.of(file.toString(), bytes.get()), name, directory);
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
