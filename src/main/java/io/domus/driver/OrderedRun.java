// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Does something to many domains as a schedule says, each in a thread of its own. */
final class OrderedRun {
  /** What is done to one. */
  @FunctionalInterface
  interface Work {
    /**
     * @param begun to be run as soon as another one may be begun in its place
     */
    Done on(String name, Runnable begun) throws InterruptedException;
  }

  /** How that went. */
  record Done(BatchOutcome.Result result, String detail) {}

  /** What a worker has to say. */
  private sealed interface News {
    record Begun(String name) implements News {}

    record Ended(String name, Done done) implements News {}
  }

  /** Why nothing more was done. */
  static final String INTERRUPTED = "interrupted";

  /**
   * So long a start is let go first where the schedule would not wait for it: what takes a moment
   * is done in order, what takes longer holds nobody up.
   */
  private static final Duration COURTESY = Duration.ofMillis(300);

  private final StartSchedule schedule;
  private final int parallel;
  private final Work work;
  private final BatchOutcome.Result consequence;
  private final Consumer<BatchOutcome> told;
  private final long begin = System.nanoTime();
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Map<String, Duration> begins = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Map<String, BatchOutcome> outcomes = new LinkedHashMap<>();

  /**
   * @param parallel how many are begun at a time
   * @param consequence what becomes of those that wait for one that has failed
   * @param told of each outcome at once, by the thread that calls {@link #run}
   */
  OrderedRun(
      StartSchedule schedule,
      int parallel,
      Work work,
      BatchOutcome.Result consequence,
      Consumer<BatchOutcome> told) {
    this.schedule = schedule;
    this.parallel = parallel;
    this.work = work;
    this.consequence = consequence;
    this.told = told;
  }

  /**
   * All of them, in the order in which they were done with. An interrupt ends the wait: nothing
   * more is begun, what has been begun is told as what it is, and the thread stays interrupted.
   */
  List<BatchOutcome> run() {
    tellFailures();
    try {
      while (!schedule.isOver()) {
        goOn();
      }
    } catch (InterruptedException end) {
      leave();
      Thread.currentThread().interrupt();
    }
    return List.copyOf(outcomes.values());
  }

  private void goOn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Optional<Duration> next = earlier(beginWhatIsDue(), schedule.next(now()));
    News first =
        next.isPresent()
            ? news.poll(next.get().minus(now()).toNanos(), TimeUnit.NANOSECONDS)
            : news.take();
    for (News each = first; each != null; each = news.poll()) {
      hear(each);
    }
  }

  /** No start is left half done; whoever waits for a guest needs not be waited for. */
  private void leave() {
    try {
      while (starts() && begins.keySet().stream().anyMatch(this::isBeginning)) {
        hear(news.take());
      }
      // What is over is told a moment after it began.
      for (News each = soon(); each != null; each = soon()) {
        hear(each);
      }
    } catch (InterruptedException impatient) {
      // What is known is told.
    }
    for (String name : schedule.names()) {
      boolean waitedFor = starts() && begun.contains(name);
      outcome(
          name,
          waitedFor
              ? new Done(BatchOutcome.Result.NOT_READY, INTERRUPTED + " while it was waited for")
              : new Done(consequence, INTERRUPTED));
    }
  }

  private News soon() throws InterruptedException {
    return news.poll(100, TimeUnit.MILLISECONDS);
  }

  private boolean isBeginning(String name) {
    return !begun.contains(name) && !outcomes.containsKey(name);
  }

  private boolean starts() {
    return consequence == BatchOutcome.Result.NOT_STARTED;
  }

  private Duration now() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Until when others are let go first; empty if all that is due was begun. */
  private Optional<Duration> beginWhatIsDue() {
    // What is begun may hold nobody, so that more is due.
    for (List<String> due = due(); !due.isEmpty(); due = due()) {
      for (String name : due) {
        Duration now = now();
        Optional<Duration> first = letGoFirst(name).filter(end -> end.compareTo(now) > 0);
        if (first.isPresent()) {
          return first;
        }
        schedule.begin(name, now);
        begins.put(name, now);
        Thread.ofPlatform().daemon().name("domain " + name).start(() -> work(name));
      }
    }
    return Optional.empty();
  }

  private List<String> due() {
    return schedule.due(now(), parallel);
  }

  /** Until when starts of earlier classes that are under way are. */
  private Optional<Duration> letGoFirst(String name) {
    if (!starts()) {
      return Optional.empty();
    }
    return begins.entrySet().stream()
        .filter(other -> isBeginning(other.getKey()))
        .filter(other -> schedule.rank(other.getKey()) < schedule.rank(name))
        .map(other -> other.getValue().plus(COURTESY))
        .max(Duration::compareTo);
  }

  private static Optional<Duration> earlier(Optional<Duration> one, Optional<Duration> other) {
    return Stream.concat(one.stream(), other.stream()).min(Duration::compareTo);
  }

  private void work(String name) {
    boolean[] marked = new boolean[1];
    Runnable mark =
        () -> {
          if (!marked[0]) {
            marked[0] = true;
            news.add(new News.Begun(name));
          }
        };
    Done done;
    try {
      done = work.on(name, mark);
    } catch (InterruptedException | RuntimeException failure) {
      done = new Done(BatchOutcome.Result.FAILED, String.valueOf(failure.getMessage()));
    }
    mark.run();
    news.add(new News.Ended(name, done));
  }

  private void hear(News each) {
    switch (each) {
      case News.Begun one -> {
        begun.add(one.name());
        schedule.started(one.name());
      }
      case News.Ended ended -> {
        outcome(ended.name(), ended.done());
        if (outcomes.get(ended.name()).failed()) {
          fail(ended);
          tellFailures();
        } else {
          schedule.ready(ended.name());
        }
      }
    }
  }

  private void fail(News.Ended ended) {
    boolean refused = starts() && ended.done().result() == BatchOutcome.Result.FAILED;
    if (refused) {
      schedule.fail(
          ended.name(), ended.done().detail(), "'" + ended.name() + "' could not be started");
    } else {
      schedule.fail(ended.name(), ended.done().detail());
    }
  }

  /** Of those that need not even be tried. */
  private void tellFailures() {
    schedule.failures().forEach((name, why) -> outcome(name, new Done(consequence, why)));
  }

  private void outcome(String name, Done done) {
    if (outcomes.containsKey(name)) {
      return;
    }
    Duration took = begins.containsKey(name) ? now().minus(begins.get(name)) : Duration.ZERO;
    BatchOutcome outcome = new BatchOutcome(name, done.result(), done.detail(), took);
    outcomes.put(name, outcome);
    told.accept(outcome);
  }
}
