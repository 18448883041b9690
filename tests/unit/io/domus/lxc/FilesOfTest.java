// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.ReadFailedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small world: what is not named in it is a directory, and cannot be read. Only layers of clones
 * are there if they are named.
 */
final class FilesOfTest implements LxcFiles {
  private final String base;
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, Kind> kinds = new HashMap<>();

  FilesOfTest() {
    this("/c/");
  }

  /**
   * @param base where the configuration lies
   */
  FilesOfTest(String base) {
    this.base = base;
  }

  FilesOfTest with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  FilesOfTest with(String path, byte[] bytes) {
    contents.put(locate(path), bytes);
    kinds.put(locate(path), Kind.FILE);
    return this;
  }

  FilesOfTest with(String path, Kind kind) {
    kinds.put(locate(path), kind);
    return this;
  }

  @Override
  public String locate(String path) {
    return path.startsWith("/") ? path : base + path;
  }

  @Override
  public Kind kind(String path) {
    return kinds.getOrDefault(
        locate(path), path.endsWith("/delta0") ? Kind.ABSENT : Kind.DIRECTORY);
  }

  @Override
  public byte[] read(String path) {
    byte[] bytes = contents.get(locate(path));
    if (bytes == null) {
      throw new ReadFailedException("cannot read " + path + ": no such file");
    }
    return bytes;
  }

  @Override
  public List<String> configurations(String directory) {
    String prefix = locate(directory).replaceAll("/$", "") + "/";
    return contents.keySet().stream()
        .filter(path -> path.startsWith(prefix) && path.endsWith(".conf"))
        .sorted()
        .toList();
  }

  /** The conversion of a text that lies in {@code config}. */
  Conversion convert(String text) {
    return LxcReader.read("config", text.getBytes(StandardCharsets.UTF_8), this);
  }
}
