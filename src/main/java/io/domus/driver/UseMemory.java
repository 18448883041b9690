// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.store.UseCache;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was found in files, kept by a process that starts many domains: each of them asks what all
 * others use, and many are connected to the same networks. An entry counts as long as its file is
 * what it was, as in the cache on the disk.
 */
public final class UseMemory {
  private final UseCache cache;
  private final Map<String, UseCache.Entry> entries = new ConcurrentHashMap<>();
  private final Map<NetworkText, NetworkDefinition> networks = new ConcurrentHashMap<>();

  /** All that a definition read depends on. */
  private record NetworkText(String file, String text) {}

  UseMemory(UseCache cache) {
    this.cache = cache;
    entries.putAll(cache.read());
  }

  Map<String, UseCache.Entry> entries() {
    return entries;
  }

  /** What was read from such a text before, or is read from it now. */
  NetworkDefinition network(String file, String text, Supplier<NetworkDefinition> read) {
    return networks.computeIfAbsent(new NetworkText(file, text), _ -> read.get());
  }

  /** For the next process. */
  void write() {
    if (cache.isWritable()) {
      cache.write(entries);
    }
  }
}
