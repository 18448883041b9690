// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.NetworkPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The records of networks that run, below {@code run}: they do not outlive the machine's boot. */
public final class NetworkStatusStore {
  private final StateLayout layout;

  public NetworkStatusStore(StateLayout layout) {
    this.layout = layout;
  }

  public Optional<NetworkRecord> read(String name) throws IOException {
    Path file = layout.network(name).status();
    try {
      return Optional.of(parse(JSON.std.mapFrom(Files.readString(file))));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException | RuntimeException fault) {
      throw new IOException("unreadable status " + file + ": " + fault.getMessage(), fault);
    }
  }

  /** From here on the run, or its change, stands. */
  public void write(String name, NetworkRecord record) throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("phase", record.phase().name());
    tree.put("transient", record.transientNetwork());
    tree.put("started", record.started().toString());
    tree.put("generation", record.generation());
    tree.put("identity", record.identity().text());
    tree.put("definition", record.definition());
    String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree);
    AtomicFile.write(
        layout.network(name).status(), text.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
  }

  public void delete(String name) throws IOException {
    AtomicFile.removeUnfinished(layout.network(name).status());
    Files.deleteIfExists(layout.network(name).status());
  }

  /** The names of all networks that run, or that somebody began to start. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(layout.networkRuns())) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(layout.networkRuns())) {
      return directories
          .map(directory -> directory.getFileName().toString())
          .filter(name -> Files.exists(layout.network(name).status()) || !journals(name).isEmpty())
          .sorted()
          .toList();
    }
  }

  /** The generations that somebody was about to reach; one at most, unless files were put there. */
  public List<Integer> journals(String name) {
    try (Stream<Path> files = Files.list(layout.network(name).run())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches(NetworkPaths.JOURNAL + "[0-9]{1,9}"))
          .map(file -> Integer.valueOf(file.substring(NetworkPaths.JOURNAL.length())))
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static NetworkRecord parse(Map<String, Object> tree) {
    return new NetworkRecord(
        NetworkRecord.Phase.valueOf((String) tree.get("phase")),
        (Boolean) tree.get("transient"),
        (String) tree.get("definition"),
        NetworkIdentity.parse((String) tree.get("identity")),
        Instant.parse((String) tree.get("started")),
        ((Number) tree.get("generation")).intValue());
  }
}
