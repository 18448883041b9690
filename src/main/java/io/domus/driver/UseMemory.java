// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.store.UseCache;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was found in files, kept by a process that starts many domains: each of them asks what all
 * others use. An entry counts as long as its file is what it was, as in the cache on the disk.
 */
public final class UseMemory {
  private final UseCache cache;
  private final Map<String, UseCache.Entry> entries = new ConcurrentHashMap<>();

  UseMemory(UseCache cache) {
    this.cache = cache;
    entries.putAll(cache.read());
  }

  Map<String, UseCache.Entry> entries() {
    return entries;
  }

  /** For the next process. */
  void write() {
    if (cache.isWritable()) {
      cache.write(entries);
    }
  }
}
