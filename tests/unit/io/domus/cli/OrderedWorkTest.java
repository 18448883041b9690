// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedWorkTest {
  private static Iterator<Integer> numbers(int count) {
    return IntStream.range(0, count).iterator();
  }

  private static List<Integer> all(OrderedWork<Integer, Integer> work) {
    List<Integer> results = new ArrayList<>();
    work.forEachRemaining(results::add);
    return results;
  }

  @ParameterizedTest
  @CsvSource({"0,2", "1,2", "16,2", "17,2", "1000,1", "1000,2", "1000,8", "20000,3"})
  void resultsComeInOrder(int count, int processors) {
    try (OrderedWork<Integer, Integer> work =
        new OrderedWork<>(
            numbers(count),
            number -> {
              if (number % 7 == 0) {
                Thread.yield();
              }
              return number * 2;
            },
            processors)) {
      assertEquals(IntStream.range(0, count).mapToObj(number -> number * 2).toList(), all(work));
      assertFalse(work.hasNext());
    }
  }

  /** With two processors two are at it at any time: who asks for results does not merely wait. */
  @Test
  void allProcessorsWork() {
    CyclicBarrier together = new CyclicBarrier(2);
    try (OrderedWork<Integer, Integer> work =
        new OrderedWork<>(
            numbers(OrderedWork.BATCH * 8),
            number -> {
              if (number % OrderedWork.BATCH == 0) {
                try {
                  together.await(30, TimeUnit.SECONDS);
                } catch (Exception alone) {
                  throw new IllegalStateException("batch " + number + " is done alone", alone);
                }
              }
              return number;
            },
            2)) {
      assertEquals(OrderedWork.BATCH * 8, all(work).size());
    }
  }

  @Test
  void aFewAreDoneWithoutAThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (OrderedWork<Integer, Integer> work =
        new OrderedWork<>(
            numbers(OrderedWork.BATCH),
            number -> {
              threads.add(Thread.currentThread());
              return number;
            },
            4)) {
      all(work);
    }
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  @Test
  void itReadsAheadOnlySoFar() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Integer> endless = IntStream.generate(read::incrementAndGet).iterator();
    try (OrderedWork<Integer, Integer> work = new OrderedWork<>(endless, number -> number, 2)) {
      for (int index = 1; index <= 10_000; index++) {
        assertEquals(index, work.next());
        int ahead = read.get() - index;
        assertTrue(ahead <= OrderedWork.BATCH * 8, "ahead by " + ahead);
      }
    }
  }

  @Test
  void failuresAreThrownAtTheirTurn() {
    try (OrderedWork<Integer, Integer> work =
        new OrderedWork<>(
            numbers(1000),
            number -> {
              if (number == 500) {
                throw new IllegalStateException("500");
              }
              return number;
            },
            2)) {
      int before = 500 / OrderedWork.BATCH * OrderedWork.BATCH;
      for (int index = 0; index < before; index++) {
        assertEquals(index, work.next());
      }
      assertEquals("500", assertThrows(IllegalStateException.class, work::next).getMessage());
    }
  }
}
