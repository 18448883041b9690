// SPDX-License-Identifier: Apache-2.0

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Durations by what took them, and how they are printed. */
final class Samples {
  /** How often an operation is carried out until the JVM has compiled most of what matters. */
  static final int WARMING = 80;

  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

  void add(String what, long duration) {
    nanos.computeIfAbsent(what, _ -> new ArrayList<>()).add(duration);
  }

  /** Something to be timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * Times one thing once what came before it has faded: the kernel frees cgroups in its own time.
   */
  void time(String what, Work work) throws Exception {
    Thread.sleep(30);
    long begin = System.nanoTime();
    work.run();
    add(what, System.nanoTime() - begin);
  }

  Set<String> names() {
    return nanos.keySet();
  }

  double median(String what) {
    List<Long> sorted = nanos.get(what).stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  /** What others that use the machine disturbed least. */
  long least(String what) {
    return nanos.get(what).stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  /** A line of the table: label, median and least in milliseconds. */
  void print(String indent, String what) {
    System.out.println(line(indent, what));
  }

  /** The same, and how many times that is of something else. */
  void print(String indent, String what, String other) {
    System.out.println(
        line(indent, what)
            + String.format(Locale.ROOT, "  %5.2f x %s", median(what) / median(other), other));
  }

  private String line(String indent, String what) {
    return String.format(
        Locale.ROOT, "%-42s %9.2f %9.2f", indent + what, median(what) / 1e6, least(what) / 1e6);
  }
}
