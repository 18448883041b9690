// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.store.DomainRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPauseTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "1000, 60"})
  void doublesUpToAMinute(int inARow, int seconds) {
    assertEquals(Duration.ofSeconds(seconds), ExitOperation.pause(inARow));
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "60, 7", "61, 0", "86400, 0"})
  void aRunThatLastsMakesUpForAllBefore(int seconds, int inARow) {
    Instant started = Instant.EPOCH;
    DomainRecord run =
        new DomainRecord(
            Condition.of(DomainState.RUNNING),
            false,
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.of(started),
            "/web",
            7);
    assertEquals(inARow, ExitOperation.inARow(run, started.plusSeconds(seconds)));
  }
}
