// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * When the methods that make up an operation began and ended: told by the JVM's flight recorder, so
 * that the product need not know of it.
 */
final class PhaseTrace implements AutoCloseable {
  private static final String EVENT = "jdk.MethodTrace";

  private final Recording recording = new Recording();

  /** One call of a method. */
  record Call(String method, Instant begin, long nanos) {
    boolean within(Call other) {
      return !begin.isBefore(other.begin) && !begin.isAfter(other.begin.plusNanos(other.nanos));
    }

    /** From its beginning to its end, and shorter. */
    boolean inside(Call other) {
      return within(other) && nanos < other.nanos;
    }
  }

  /**
   * @param methods as {@code package.Class::method}
   */
  PhaseTrace(List<String> methods) {
    recording
        .enable(EVENT)
        .with("filter", String.join(";", methods))
        .withThreshold(Duration.ZERO)
        .withoutStackTrace();
    recording.start();
  }

  /** All calls since the beginning, in the order in which they began. */
  List<Call> calls(Path scratch) throws IOException {
    recording.stop();
    Path file = scratch.resolve("phases.jfr");
    recording.dump(file);
    try {
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(EVENT))
          .map(PhaseTrace::call)
          .sorted(Comparator.comparing(Call::begin))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static Call call(RecordedEvent event) {
    RecordedMethod method = event.getValue("method");
    return new Call(
        method.getType().getName() + "::" + method.getName(),
        event.getStartTime(),
        event.getDuration().toNanos());
  }

  /** The calls inside of each of the last calls of one method, by method. */
  static List<Map<String, List<Call>>> inside(List<Call> calls, String method, int last) {
    List<Call> outer = calls.stream().filter(call -> call.method.equals(method)).toList();
    Stream<Call> wanted = outer.stream().skip(Math.max(0, outer.size() - last));
    return wanted
        .map(
            operation ->
                calls.stream()
                    .filter(call -> call.within(operation))
                    .collect(Collectors.groupingBy(Call::method)))
        .toList();
  }

  @Override
  public void close() {
    recording.close();
  }
}
