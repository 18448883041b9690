// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happened to domains and networks: a JSON line each, appended to one file below {@code run/}.
 * Lines are shorter than a page, so that the kernel keeps lines of several writers apart.
 */
public final class EventLog {
  private final Path file;

  EventLog(Path file) {
    this.file = file;
  }

  /**
   * @param event libvirt's words: {@code defined}, {@code started}, {@code stopped} …
   * @param detail why, or empty
   */
  void append(String domain, String event, String detail) throws IOException {
    append("domain", domain, event, detail);
  }

  /** The same of a network. */
  void appendNetwork(String network, String event, String detail) throws IOException {
    append("network", network, event, detail);
  }

  /** Where it is written to. */
  public Path file() {
    return file;
  }

  private void append(String kind, String name, String event, String detail) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().toString());
    line.put(kind, name);
    line.put("event", event);
    line.put("detail", detail);
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        (JSON.std.asString(line) + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
