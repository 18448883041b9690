// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Applies a function on all processors and hands the results out in order. A few batches are under
 * way at a time, so that memory does not grow with their number. Whoever asks for results works,
 * too: a few items are done without a thread being started.
 */
final class OrderedWork<I, O> implements Iterator<O>, AutoCloseable {
  static final int BATCH = 16;
  private static final int BATCHES_A_PROCESSOR = 3;

  private final Iterator<I> items;
  private final Function<I, O> function;
  private final int processors;
  private final Deque<FutureTask<List<O>>> window = new ArrayDeque<>();
  private final BlockingQueue<FutureTask<List<O>>> open = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private Iterator<O> done = List.<O>of().iterator();

  OrderedWork(Iterator<I> items, Function<I, O> function, int processors) {
    this.items = items;
    this.function = function;
    this.processors = processors;
  }

  @Override
  public boolean hasNext() {
    if (!done.hasNext()) {
      fill();
    }
    return done.hasNext() || !window.isEmpty();
  }

  @Override
  public O next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!done.hasNext()) {
      done = result(window.remove()).iterator();
    }
    return done.next();
  }

  private void fill() {
    while (window.size() < processors * BATCHES_A_PROCESSOR && items.hasNext()) {
      List<I> batch = new ArrayList<>(BATCH);
      while (batch.size() < BATCH && items.hasNext()) {
        batch.add(items.next());
      }
      FutureTask<List<O>> task = new FutureTask<>(() -> batch.stream().map(function).toList());
      window.add(task);
      if (window.size() > 1) {
        open.add(task);
        if (threads.size() < processors - 1) {
          threads.add(Thread.ofPlatform().daemon().name("check").start(this::work));
        }
      }
    }
  }

  private void work() {
    try {
      while (true) {
        open.take().run();
      }
    } catch (InterruptedException closed) {
      // There is nothing more to do.
    }
  }

  private List<O> result(FutureTask<List<O>> task) {
    task.run();
    // Another may have begun it: instead of waiting, go on with those behind it.
    while (!task.isDone() && !open.isEmpty()) {
      FutureTask<List<O>> later = open.poll();
      if (later != null) {
        later.run();
      }
    }
    try {
      return task.get();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted", interrupted);
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failure);
      }
    }
  }

  /** Ends the threads; what they are doing comes to nothing. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
