// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A guest that comes from another root of state, and has not run here yet.
 *
 * @param id of the move
 * @param from where from, for people
 * @param ready whether all of it is here, and wanted: there is a domain, which is saved
 * @param temporaries directories with bases that are not whole
 * @param made directories that were made for bases, the outermost first
 */
public record ComingGuest(
    String id, String domain, String from, boolean ready, List<Path> temporaries, List<Path> made) {
  public ComingGuest {
    checkId(id);
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(from, "from");
    temporaries = List.copyOf(temporaries);
    made = List.copyOf(made);
  }

  /** All of it is to come. */
  public ComingGuest(String id, String domain, String from) {
    this(id, domain, from, false, List.of(), List.of());
  }

  public ComingGuest whole() {
    return new ComingGuest(id, domain, from, true, temporaries, made);
  }

  /** What is here of it is being removed: it never will have run here. */
  public ComingGuest unwanted() {
    return new ComingGuest(id, domain, from, false, temporaries, made);
  }

  /**
   * With one more base under way.
   *
   * @param missing directories above it that are made now
   */
  public ComingGuest with(Path temporary, List<Path> missing) {
    List<Path> more = new ArrayList<>(temporaries);
    more.add(temporary);
    List<Path> above = new ArrayList<>(made);
    above.addAll(missing);
    return new ComingGuest(id, domain, from, ready, more, above);
  }

  /** It is part of the names of files. */
  static void checkId(String id) {
    if (!id.matches("[0-9a-f]{12}")) {
      throw new IllegalArgumentException("no id of a move: '" + id + "'");
    }
  }

  String json() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", id);
    tree.put("domain", domain);
    tree.put("from", from);
    tree.put("ready", ready);
    tree.put("temporaries", temporaries.stream().map(Path::toString).toList());
    tree.put("made", made.stream().map(Path::toString).toList());
    return JSON.std.asString(tree) + "\n";
  }

  static ComingGuest parse(String text) throws IOException {
    Map<String, Object> tree = JSON.std.mapFrom(text);
    try {
      return new ComingGuest(
          (String) tree.get("id"),
          (String) tree.get("domain"),
          (String) tree.get("from"),
          Boolean.TRUE.equals(tree.get("ready")),
          paths(tree.get("temporaries")),
          paths(tree.get("made")));
    } catch (RuntimeException fault) {
      throw new IOException("not a note of a guest that comes: " + fault.getMessage(), fault);
    }
  }

  private static List<Path> paths(Object list) {
    return ((List<?>) list).stream().map(each -> Path.of((String) each)).toList();
  }
}
