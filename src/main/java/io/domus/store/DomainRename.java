// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.DomainDef;
import io.domus.store.RenameJournal.Move;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gives the files of a domain another name, all of them or none, whenever the process dies: the
 * moves are written down first and taken back by whoever finds them uncommitted. Whoever calls
 * holds the locks of both names.
 */
public final class DomainRename {
  private final StateLayout layout;
  private final FileChanges files;
  private final String from;
  private final String to;

  public DomainRename(StateLayout layout, FileChanges files, String from, String to) {
    this.layout = layout;
    this.files = files;
    this.from = from;
    this.to = to;
  }

  /**
   * @param before the stored definition
   * @param after the same with the other name
   * @throws IOException if nothing has been renamed
   */
  public void run(byte[] before, byte[] after) throws IOException {
    String permissions =
        PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.definition(from)));
    RenameJournal journal = new RenameJournal(from, to, false, relative(moves()));
    try {
      write(journal);
      files.write(prepared(), after, permissions);
      for (Move move : journal.moves()) {
        files.move(layout.root().resolve(move.from()), layout.root().resolve(move.to()));
      }
      if (!Arrays.equals(before, Files.readAllBytes(replaced()))) {
        throw new IOException(layout.definition(from) + " has changed meanwhile");
      }
      write(journal.commit());
    } catch (IOException | RuntimeException failure) {
      abandon(failure);
    }
    try {
      finish();
    } catch (IOException leftover) {
      // The domain has its new name; whoever comes next removes the rest.
      return;
    }
  }

  /** Unless the failure came after the commit. */
  private void abandon(Exception failure) throws IOException {
    try {
      if (RenameJournal.read(journal()).filter(RenameJournal::committed).isPresent()) {
        return;
      }
      recover(layout, files, from);
    } catch (IOException | RuntimeException second) {
      failure.addSuppressed(second);
    }
    switch (failure) {
      case RuntimeException unchecked -> throw unchecked;
      case IOException checked -> throw checked;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** The present names of all that would be moved, and the names it would have then. */
  public List<List<Path>> rehearse() throws IOException {
    List<List<Path>> pairs = new ArrayList<>();
    pairs.add(List.of(layout.definition(from), layout.definition(to)));
    for (Move move : movesOfState()) {
      pairs.add(List.of(move.from(), move.to()));
    }
    return pairs;
  }

  private List<Move> moves() throws IOException {
    List<Move> moves = new ArrayList<>(movesOfState());
    moves.add(new Move(prepared(), layout.definition(to)));
    moves.add(new Move(layout.definition(from), replaced()));
    return moves;
  }

  private List<Move> movesOfState() throws IOException {
    LogFiles logs = new LogFiles(layout.domain(from).log());
    List<Move> moves = new ArrayList<>(logs.moves(new LogFiles(layout.domain(to).log())));
    addIfThere(moves, layout.variable(from), layout.variable(to));
    addIfThere(moves, layout.once(from), layout.once(to));
    addIfThere(moves, layout.domain(from).status(), layout.domain(to).status());
    return moves;
  }

  private static void addIfThere(List<Move> moves, Path from, Path to) {
    if (isThere(from)) {
      moves.add(new Move(from, to));
    }
  }

  private List<Move> relative(List<Move> moves) {
    Path root = layout.root();
    return moves.stream()
        .map(move -> new Move(root.relativize(move.from()), root.relativize(move.to())))
        .toList();
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The definition with its new name, until it is in its place. */
  private Path prepared() {
    return layout.definitions().resolve("." + to + ".xml.renaming");
  }

  /** The definition as it was, until the rename stands. */
  private Path replaced() {
    return layout.definitions().resolve("." + from + ".xml.renamed");
  }

  private Path journal() {
    return layout.renames().resolve(from);
  }

  private void write(RenameJournal journal) throws IOException {
    files.write(journal(), journal.json(), "rw-------");
  }

  private void takeBack(RenameJournal journal) throws IOException {
    for (Move move : journal.moves().reversed()) {
      Path source = layout.root().resolve(move.from());
      Path target = layout.root().resolve(move.to());
      // Done if only the target is there: what was moved on from there has been taken back before.
      if (isThere(target) && !isThere(source)) {
        files.move(target, source);
      }
    }
    files.delete(prepared());
    files.deleteEmpty(layout.domain(to).run());
    forget();
  }

  private void finish() throws IOException {
    files.delete(replaced());
    files.deleteEmpty(layout.domain(from).run());
    forget();
  }

  private void forget() throws IOException {
    files.delete(journal());
  }

  /** The former names of domains that somebody is renaming, or has died renaming. */
  public static Set<String> begun(StateLayout layout) throws IOException {
    Set<String> names = new TreeSet<>();
    if (!Files.isDirectory(layout.renames())) {
      return names;
    }
    try (Stream<Path> journals = Files.list(layout.renames())) {
      journals
          .map(file -> file.getFileName().toString())
          .map(file -> file.replaceFirst("^\\.(.*)\\.new$", "$1"))
          .filter(DomainDef::isName)
          .forEach(names::add);
    }
    return names;
  }

  /** Both names of a rename that was begun; the former only, as long as the other is not known. */
  public static Set<String> names(StateLayout layout, String from) {
    Set<String> names = new TreeSet<>(Set.of(from));
    try {
      RenameJournal.read(layout.renames().resolve(from))
          .map(RenameJournal::to)
          .ifPresent(names::add);
    } catch (IOException unreadable) {
      // Told to whoever recovers the domain; others are not to suffer from it.
      return names;
    }
    return names;
  }

  /** Takes back what a dead process has begun, or ends it if it was committed. */
  public static void recover(StateLayout layout, FileChanges files, String from)
      throws IOException {
    Optional<RenameJournal> journal = RenameJournal.read(layout.renames().resolve(from));
    DomainRename rename =
        new DomainRename(layout, files, from, journal.map(RenameJournal::to).orElse(from));
    if (journal.isEmpty()) {
      rename.forget();
    } else if (journal.get().committed()) {
      rename.finish();
    } else {
      rename.takeBack(journal.get());
    }
  }
}
