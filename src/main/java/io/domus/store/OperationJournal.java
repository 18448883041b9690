// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.plan.Step;
import io.domus.plan.StepJson;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation that outlives the machine's boot: all that would take it back, written down before
 * its first step; and once it stands, what remains to be done. A JSON line each, durable on return.
 */
public final class OperationJournal implements AutoCloseable {
  private final Path file;
  private final FileOutputStream out;

  private OperationJournal(Path file, FileOutputStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * What a journal says.
   *
   * @param domains all that the operation is about, sorted
   * @param committed whether it stands
   * @param steps what takes it back, the last first; once it stands, what ends it
   */
  public record Content(
      String operation, List<String> domains, boolean committed, List<Step> steps) {
    public Content {
      domains = List.copyOf(domains);
      steps = List.copyOf(steps);
    }
  }

  /**
   * Begins a journal; there must be none of that name.
   *
   * @param domains all that the operation is about
   * @param undos the last step's first
   */
  public static OperationJournal begin(
      Path file, String operation, List<String> domains, List<Step> undos) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    FileOutputStream out = new FileOutputStream(file.toFile());
    OperationJournal journal = new OperationJournal(file, out);
    try {
      journal.append(head(operation, domains, undos));
      AtomicFile.sync(file.getParent());
      return journal;
    } catch (IOException failure) {
      out.close();
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  /** A journal of which nothing is left but its end. */
  public static String committed(String operation, List<String> domains, List<Step> remaining)
      throws IOException {
    return head(operation, domains, List.of()) + tail(remaining);
  }

  private static String head(String operation, List<String> domains, List<Step> undos)
      throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("operation", operation);
    line.put("domains", domains.stream().sorted().toList());
    line.put("undos", undos.stream().map(StepJson::tree).toList());
    return JSON.std.asString(line) + "\n";
  }

  private static String tail(List<Step> remaining) throws IOException {
    return JSON.std.asString(Map.of("committed", remaining.stream().map(StepJson::tree).toList()))
        + "\n";
  }

  /** The operation stands, and this remains. */
  public void commit(List<Step> remaining) throws IOException {
    append(tail(remaining));
  }

  private void append(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.getFD().sync();
  }

  /** All is done or taken back. */
  public void finish() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Empty if there is none, or its first line was cut short: then nothing was begun. */
  public static Optional<Content> read(Path file) throws IOException {
    String text;
    try {
      text = new String(wholeLines(Files.readAllBytes(file)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String[] lines = text.split("\n", -1);
      Map<String, Object> head = JSON.std.mapFrom(lines[0]);
      boolean committed = !lines[1].isEmpty();
      Object steps = committed ? JSON.std.mapFrom(lines[1]).get("committed") : head.get("undos");
      return Optional.of(
          new Content(
              (String) head.get("operation"),
              ((List<?>) head.get("domains")).stream().map(String.class::cast).toList(),
              committed,
              steps(steps)));
    } catch (IOException | RuntimeException fault) {
      throw new IOException("unreadable journal " + file + ": " + fault.getMessage(), fault);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Step> steps(Object trees) {
    List<Step> steps = new ArrayList<>();
    for (Object tree : (List<?>) trees) {
      steps.add(StepReader.read((Map<String, Object>) tree));
    }
    return steps;
  }

  private static byte[] wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return java.util.Arrays.copyOf(bytes, end);
  }

  /** The names of all journals in a directory. */
  public static List<String> begun(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }
}
