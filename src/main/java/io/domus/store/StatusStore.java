// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.plan.Step;
import io.domus.plan.StepJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The records of runs, a JSON file each below {@code run}: they do not outlive the machine's boot.
 */
public final class StatusStore {
  private final StateLayout layout;

  public StatusStore(StateLayout layout) {
    this.layout = layout;
  }

  public Optional<DomainRecord> read(String name) throws IOException {
    Path file = layout.domain(name).status();
    try {
      return Optional.of(parse(Files.readString(file)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (AccessDeniedException denied) {
      throw new IOException("status " + file + " may be read by root only", denied);
    } catch (IOException | RuntimeException fault) {
      throw new IOException("unreadable status " + file + ": " + fault.getMessage(), fault);
    }
  }

  public void write(String name, DomainRecord record) throws IOException {
    byte[] text = text(record).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(layout.domain(name).status(), text, "rw-------");
  }

  /** A record as it is written. */
  public static String text(DomainRecord record) throws IOException {
    return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree(record));
  }

  public static DomainRecord parse(String text) throws IOException {
    return parse(JSON.std.mapFrom(text));
  }

  public void delete(String name) throws IOException {
    Files.deleteIfExists(layout.domain(name).status());
  }

  /** The names of all domains with a record or an unfinished operation. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(layout.runs())) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(layout.runs())) {
      return directories
          .filter(
              directory ->
                  Files.exists(directory.resolve("status.json"))
                      || Files.exists(directory.resolve("journal")))
          .map(directory -> directory.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static Map<String, Object> tree(DomainRecord record) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("state", record.condition().state().name());
    record.condition().reason().ifPresent(reason -> tree.put("reason", reason));
    tree.put("transient", record.transientDomain());
    record.init().ifPresent(init -> tree.put("init", init.toString()));
    record.monitor().ifPresent(monitor -> tree.put("monitor", monitor.toString()));
    record.started().ifPresent(started -> tree.put("started", started.toString()));
    tree.put("cgroup", record.cgroup());
    tree.put("restarts", record.restarts());
    tree.put("helpers", record.helpers().stream().map(Path::toString).toList());
    tree.put("undos", record.undos().stream().map(StepJson::tree).toList());
    tree.put("definition", record.definition());
    record.live().ifPresent(text -> tree.put("live", text));
    record.failedStart().ifPresent(why -> tree.put("failedStart", why));
    record.uuid().ifPresent(uuid -> tree.put("uuid", uuid.toString()));
    return tree;
  }

  private static DomainRecord parse(Map<String, Object> tree) {
    return new DomainRecord(
        new Condition(
            DomainState.valueOf((String) tree.get("state")),
            Optional.ofNullable((String) tree.get("reason"))),
        (Boolean) tree.get("transient"),
        (String) tree.get("definition"),
        Optional.ofNullable((String) tree.get("init")).map(ProcessId::parse),
        Optional.ofNullable((String) tree.get("monitor")).map(ProcessId::parse),
        list(tree.get("helpers")).stream().map(item -> Path.of((String) item)).toList(),
        list(tree.get("undos")).stream().map(StatusStore::step).toList(),
        Optional.ofNullable((String) tree.get("started")).map(Instant::parse),
        (String) tree.getOrDefault("cgroup", ""),
        ((Number) tree.get("restarts")).intValue(),
        Optional.ofNullable((String) tree.get("live")),
        Optional.ofNullable((String) tree.get("failedStart")),
        Optional.ofNullable((String) tree.get("uuid")).map(UUID::fromString));
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Step step(Object tree) {
    return StepReader.read((Map<String, Object>) tree);
  }
}
