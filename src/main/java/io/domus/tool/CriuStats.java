// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What CRIU counted: its files {@code stats-dump} and {@code stats-restore}, which are two magic
 * words and a message with its length before it, as {@code images/stats.proto} of CRIU 4 has it.
 */
public final class CriuStats {
  private static final int HEADER = 8;
  private static final int DUMP = 1;
  private static final int RESTORE = 2;

  private CriuStats() {}

  /**
   * Names, as CRIU's own tool prints them, with a number each: times in microseconds, memory in
   * pages.
   *
   * @throws IllegalArgumentException if this is no such file
   */
  public static Map<String, Long> dump(byte[] file) {
    return read(
        file,
        DUMP,
        Map.of(
            1, "freezing_time",
            2, "frozen_time",
            3, "memdump_time",
            4, "memwrite_time",
            5, "pages_scanned",
            6, "pages_skipped_parent",
            7, "pages_written"));
  }

  /** The same of a restore. */
  public static Map<String, Long> restore(byte[] file) {
    return read(
        file,
        RESTORE,
        Map.of(
            1, "pages_compared",
            2, "pages_skipped_cow",
            3, "forking_time",
            4, "restore_time",
            5, "pages_restored"));
  }

  private static Map<String, Long> read(byte[] file, int part, Map<Integer, String> names) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEADER + Integer.BYTES
        || in.getInt(HEADER) < 0
        || in.getInt(HEADER) > file.length - HEADER - Integer.BYTES) {
      throw new IllegalArgumentException("no statistics of CRIU");
    }
    byte[] message = new byte[in.getInt(HEADER)];
    in.get(HEADER + Integer.BYTES, message);
    Map<String, Long> counts = new LinkedHashMap<>();
    Protobuf.each(
        message,
        part,
        content -> {
          Map<Integer, Long> numbers = Protobuf.numbers(content);
          names.keySet().stream()
              .sorted()
              .filter(numbers::containsKey)
              .forEach(field -> counts.put(names.get(field), numbers.get(field)));
          return content;
        });
    return counts;
  }
}
