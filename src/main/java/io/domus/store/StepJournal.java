// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.plan.Step;
import io.domus.plan.StepJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The undos earned so far by a plan that is being carried out: a JSON line each, written before the
 * step is done, so that whoever finds the journal after a crash can take everything back. An undo
 * of something that was not done finds nothing and is content.
 */
public final class StepJournal implements AutoCloseable {
  private final Path file;
  private final OutputStream out;

  private StepJournal(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Begins a journal; there must be none yet. */
  public static StepJournal begin(Path file) throws IOException {
    return new StepJournal(
        file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Notes the undos of the step about to be done. */
  public void note(List<Step> undos) throws IOException {
    StringBuilder lines = new StringBuilder();
    // Replayed backwards: the first undo of a step must come last.
    for (Step undo : undos.reversed()) {
      lines.append(JSON.std.asString(StepJson.tree(undo))).append('\n');
    }
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The plan is done or taken back: nothing remains to be undone. */
  public void finish() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  public static boolean exists(Path file) {
    return Files.exists(file);
  }

  /**
   * The noted undos, the last first. A line cut short was noted for a step that was never begun.
   */
  public static List<Step> undos(Path file) throws IOException {
    List<Step> undos = new ArrayList<>();
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    // Decoded after the cut: it may go through a character.
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        undos.add(StepReader.read(JSON.std.mapFrom(line)));
      }
    }
    return undos.reversed();
  }
}
