// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.store.UseCache;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was found in files, kept by a process that starts many domains: each of them asks what all
 * others use, and is read once to find its turn and once to be started; many are connected to the
 * same network. What is known of a file counts as long as it is what it was; what was read from a
 * text always does.
 */
public final class StartMemory {
  private final UseCache cache;
  private final Map<String, UseCache.Entry> entries = new ConcurrentHashMap<>();
  private final Map<Text, Definition> domains = new ConcurrentHashMap<>();
  private final Map<Text, NetworkDefinition> networks = new ConcurrentHashMap<>();

  /** All that a definition depends on: what it says, and where messages say that it does. */
  private record Text(String file, ByteBuffer bytes) {
    static Text of(String file, byte[] bytes) {
      return new Text(file, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }
  }

  StartMemory(UseCache cache) {
    this.cache = cache;
    entries.putAll(cache.read());
  }

  Definition domain(String file, byte[] bytes, Supplier<Definition> read) {
    return domains.computeIfAbsent(Text.of(file, bytes), _ -> read.get());
  }

  NetworkDefinition network(String file, byte[] bytes, Supplier<NetworkDefinition> read) {
    return networks.computeIfAbsent(Text.of(file, bytes), _ -> read.get());
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
