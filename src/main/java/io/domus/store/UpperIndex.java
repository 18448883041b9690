// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All records of upper directories, read once for those who ask after many. */
public final class UpperIndex {
  private final Syscalls syscalls;
  private final List<UpperRecord> records;
  private final Map<Path, UpperRecord> byPath = new HashMap<>();
  private final Map<Long, List<UpperRecord>> byInode = new HashMap<>();

  private UpperIndex(Syscalls syscalls, List<UpperRecord> records) {
    this.syscalls = syscalls;
    this.records = List.copyOf(records);
    for (UpperRecord record : records) {
      byPath.put(record.upper(), record);
      byInode.computeIfAbsent(record.inode(), inode -> new ArrayList<>()).add(record);
    }
  }

  public static UpperIndex read(LayerStore store, Syscalls syscalls) throws IOException {
    return new UpperIndex(syscalls, store.uppers());
  }

  public List<UpperRecord> records() {
    return records;
  }

  /** As {@link LayerStore#find}. */
  public Optional<UpperRecord> find(Path upper) {
    if (records.isEmpty()) {
      return Optional.empty();
    }
    Optional<UpperRecord> here = Optional.ofNullable(byPath.get(upper));
    Optional<Stat> stat = stat(upper);
    if (stat.isEmpty() || here.filter(record -> record.isInode(stat.get())).isPresent()) {
      return here;
    }
    return byInode.getOrDefault(stat.get().inode(), List.of()).stream()
        .filter(record -> record.isInode(stat.get()) && isMoved(record))
        .findFirst()
        .or(() -> here);
  }

  private boolean isMoved(UpperRecord record) {
    return stat(record.upper()).filter(record::isInode).isEmpty();
  }

  private Optional<Stat> stat(Path path) {
    try {
      return Optional.of(syscalls.stat(path));
    } catch (KernelException gone) {
      return Optional.empty();
    }
  }
}
