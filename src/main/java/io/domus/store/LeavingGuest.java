// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A guest that is being moved to another root of state.
 *
 * @param id of the move
 * @param to the destination's URI
 * @param keepStorage whether what it wrote stays here
 */
public record LeavingGuest(String domain, String id, String to, boolean keepStorage, Stage stage) {
  /** How far it is. */
  public enum Stage {
    /** It is here, running or saved: nobody was told to run it there. */
    HERE,
    /** The other side was told to run it: whether it does, only the other side knows. */
    HANDED_OVER,
    /** It runs there; what is here is to be removed. */
    THERE
  }

  public LeavingGuest {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(stage, "stage");
    ComingGuest.checkId(id);
  }

  public LeavingGuest at(Stage next) {
    return new LeavingGuest(domain, id, to, keepStorage, next);
  }

  String json() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("domain", domain);
    tree.put("id", id);
    tree.put("to", to);
    tree.put("keepStorage", keepStorage);
    tree.put("stage", stage.name());
    return JSON.std.asString(tree) + "\n";
  }

  static LeavingGuest parse(String text) throws IOException {
    Map<String, Object> tree = JSON.std.mapFrom(text);
    try {
      return new LeavingGuest(
          (String) tree.get("domain"),
          (String) tree.get("id"),
          (String) tree.get("to"),
          Boolean.TRUE.equals(tree.get("keepStorage")),
          Stage.valueOf((String) tree.get("stage")));
    } catch (RuntimeException fault) {
      throw new IOException("not a note of a move: " + fault.getMessage(), fault);
    }
  }
}
