// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.HostUse;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What was found in files before, so that whoever wants to know what all domains use need not read
 * all of them again. It may be lost at any time.
 */
public final class UseCache {
  /** The kernel gives files written within a tick or two the same time. */
  private static final long TICKS = TimeUnit.MILLISECONDS.toNanos(50);

  private final StateLayout layout;
  private final Syscalls syscalls;

  public UseCache(StateLayout layout, Syscalls syscalls) {
    this.layout = layout;
    this.syscalls = syscalls;
  }

  /**
   * Tells whether a file is what it was.
   *
   * @param key device and inode
   */
  public record Stamp(long modified, long size, String key) {
    /** Empty if there is no such file. */
    public static Optional<Stamp> of(Path file) throws IOException {
      try {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Stamp(
                facts.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                facts.size(),
                String.valueOf(facts.fileKey())));
      } catch (NoSuchFileException none) {
        return Optional.empty();
      }
    }
  }

  /**
   * What a file said.
   *
   * @param read when, in nanoseconds since 1970, it was begun to be read
   * @param valid false if it could not be read; the uses are then those before
   * @param init the process that must be alive for this to count, if it is the record of a run
   */
  public record Entry(
      Stamp stamp, long read, boolean valid, Optional<String> init, List<HostUse> uses) {
    public Entry {
      Objects.requireNonNull(stamp, "stamp");
      Objects.requireNonNull(init, "init");
      uses = List.copyOf(uses);
    }

    /** One that was read right after it was written may have been written once more since. */
    public boolean holds(Stamp now) {
      return stamp.equals(now) && stamp.modified() + TICKS < read;
    }

    public static long now() {
      Instant now = Instant.now();
      return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
  }

  /** By the name of the file below the root; empty if there is nothing to go by. */
  public Map<String, Entry> read() {
    try {
      Map<String, Entry> entries = new HashMap<>();
      Map<String, Object> tree = JSON.std.mapFrom(Files.readString(layout.uses()));
      tree.forEach((file, entry) -> entries.put(file, entry((Map<?, ?>) entry)));
      return entries;
    } catch (IOException | RuntimeException lost) {
      return Map.of();
    }
  }

  /** Unless somebody else is just writing, or we may not. */
  public void write(Map<String, Entry> entries) {
    Path file = layout.uses();
    try {
      Optional<DomainLock> lock = DomainLock.tryTake(syscalls, layout.lock("@uses"));
      if (lock.isEmpty()) {
        return;
      }
      try (DomainLock _ = lock.get()) {
        Map<String, Object> tree = new TreeMap<>();
        entries.forEach((name, entry) -> tree.put(name, tree(entry)));
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(temporary, JSON.std.asString(tree));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException notNow) {
      // What is not noted is looked up again.
      return;
    }
  }

  /** Whether the cache may be written at all: those who only look leave no files. */
  public boolean isWritable() {
    return Files.isDirectory(layout.uses().getParent(), LinkOption.NOFOLLOW_LINKS)
        && Files.isWritable(layout.uses().getParent());
  }

  private static Map<String, Object> tree(Entry entry) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("modified", entry.stamp().modified());
    tree.put("size", entry.stamp().size());
    tree.put("key", entry.stamp().key());
    tree.put("read", entry.read());
    tree.put("valid", entry.valid());
    entry.init().ifPresent(init -> tree.put("init", init));
    List<List<Object>> uses = new ArrayList<>();
    for (HostUse use : entry.uses()) {
      uses.add(List.of(use.role().name(), use.path().toString(), use.qcow2()));
    }
    tree.put("uses", uses);
    return tree;
  }

  private static Entry entry(Map<?, ?> tree) {
    List<HostUse> uses = new ArrayList<>();
    for (Object item : (List<?>) tree.get("uses")) {
      List<?> use = (List<?>) item;
      uses.add(
          new HostUse(
              HostUse.Role.valueOf((String) use.get(0)),
              Path.of((String) use.get(1)),
              (Boolean) use.get(2)));
    }
    return new Entry(
        new Stamp(number(tree, "modified"), number(tree, "size"), (String) tree.get("key")),
        number(tree, "read"),
        (Boolean) tree.get("valid"),
        Optional.ofNullable((String) tree.get("init")),
        uses);
  }

  private static long number(Map<?, ?> tree, String name) {
    return ((Number) tree.get(name)).longValue();
  }
}
