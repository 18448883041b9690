// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.BackingStore;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowerLimitTest {
  private static final OverlayChain.Upper UPPER =
      new OverlayChain.Upper(Path.of("/u"), Path.of("/w"), Origin.NONE);

  private static List<BackingStore> directories(int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(each -> new BackingStore.Directory(Path.of("/" + each), Origin.NONE))
            .toList());
  }

  private static BackingStore.Overlay inner(boolean upper, List<BackingStore> lowers) {
    return new BackingStore.Overlay(
        new OverlayChain(
            upper ? Optional.of(UPPER) : Optional.empty(), lowers, OverlayOptions.NONE),
        Optional.empty(),
        Origin.NONE);
  }

  private static OverlayChain outer(List<BackingStore> lowers) {
    return new OverlayChain(Optional.of(UPPER), lowers, OverlayOptions.NONE);
  }

  /** The outer overlay's own upper is no lower; an inner one's is. */
  @ParameterizedTest
  @CsvSource({
    "499, true, 0, false",
    "498, true, 1, false",
    "499, true, 1, true",
    "500, false, 0, false",
    "500, false, 1, true",
    "1, true, 499, true",
    "1, true, 498, false"
  })
  void anInnerOverlayIsTakenOutWhereTheListWouldBeTooLong(
      int within, boolean upper, int beside, boolean apart) {
    BackingStore.Overlay inner = inner(upper, directories(within));
    List<BackingStore> lowers = directories(beside);
    lowers.add(inner);
    LowerLimit limit = new LowerLimit();
    limit.apply(outer(lowers));
    assertEquals(apart, limit.isApart(inner));
  }

  @Test
  void theLargestIsTakenOutFirst() {
    BackingStore.Overlay small = inner(true, directories(100));
    BackingStore.Overlay large = inner(true, directories(300));
    BackingStore.Overlay middle = inner(true, directories(200));
    LowerLimit limit = new LowerLimit();
    limit.apply(outer(List.of(small, large, middle)));
    assertEquals(
        List.of(false, true, false),
        List.of(limit.isApart(small), limit.isApart(large), limit.isApart(middle)));
  }

  /** Its upper would be the 501st lower of a mount of its own. */
  @Test
  void whatIsItselfTooLongIsSplitWithin() {
    BackingStore.Overlay innermost = inner(false, directories(400));
    List<BackingStore> lowers = directories(100);
    lowers.add(innermost);
    BackingStore.Overlay middle = inner(true, lowers);
    LowerLimit limit = new LowerLimit();
    limit.apply(outer(List.of(middle)));
    assertEquals(true, limit.isApart(innermost));
    assertEquals(false, limit.isApart(middle));
  }

  @ParameterizedTest
  @CsvSource({"false, 501", "true, 500"})
  void whatCannotBeSplitIsRefused(boolean upper, int count) {
    OverlayChain chain = outer(List.of(inner(upper, directories(count))));
    assertThrows(ConfigUnsupportedException.class, () -> new LowerLimit().apply(chain));
  }

  @Test
  void directoriesAloneAreRefusedFromTheFiveHundredAndFirst() {
    new LowerLimit().apply(outer(directories(500)));
    ConfigUnsupportedException refused =
        assertThrows(
            ConfigUnsupportedException.class,
            () -> new LowerLimit().apply(outer(directories(501))));
    assertEquals("an overlay of 501 layers: overlayfs takes 500", refused.getMessage());
  }
}
