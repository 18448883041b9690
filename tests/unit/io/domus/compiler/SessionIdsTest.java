// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IdMap;
import io.domus.domain.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionIdsTest {
  /** As /proc/self/uid_map has them. */
  private static final IdMap SESSION = map("0:1000:1 1:100000:65536", "0:1000:1 1:100000:65536");

  private static IdMap map(String uids, String gids) {
    return new IdMap(ranges(uids), ranges(gids), false, Origin.NONE);
  }

  private static List<IdMap.Range> ranges(String text) {
    return Arrays.stream(text.split(" ", -1))
        .map(each -> each.split(":", -1))
        .map(
            words ->
                new IdMap.Range(
                    Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])))
        .toList();
  }

  private static String text(List<IdMap.Range> ranges) {
    return ranges.stream()
        .map(range -> range.start() + ":" + range.target() + ":" + range.count())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "0:0:1, 0:0:1",
    "0:0:1000, 0:0:1 1:1:999",
    "0:0:65537, 0:0:1 1:1:65536",
    "0:1:1000 1000:0:1, 0:1:1000 1000:0:1",
    "5:0:3 0:3:5, 5:0:1 6:1:2 0:3:5",
  })
  void isSplitWhereTheSessionsRangesEnd(String guest, String expected) {
    IdMap split = SessionIds.within(map(guest, guest), SESSION);
    assertEquals(expected, text(split.uids()));
    assertEquals(expected, text(split.gids()));
  }

  @ParameterizedTest
  @CsvSource({
    "0:0:65538, 0:0:1, <uid target='0' count='65538'/> needs id 65537 of the session",
    "0:0:1, 0:100000:1, <gid target='100000' count='1'/> needs id 100000 of the session",
    "0:1:1000, 0:1:1000, <idmap> without target 0",
    "0:1:1000 1000:0:1, 0:1:1000, <idmap> without target 0",
  })
  void isRefusedWhereTheSessionHasNone(String uids, String gids, String why) {
    ConfigUnsupportedException refused =
        assertThrows(
            ConfigUnsupportedException.class, () -> SessionIds.within(map(uids, gids), SESSION));
    assertTrue(refused.getMessage().startsWith(why), refused.getMessage());
  }

  @Test
  void staysAsItIsWhereNothingIsKnown() {
    IdMap guest = map("0:100000:7", "0:100000:7");
    assertEquals(guest, SessionIds.within(guest, IdMap.NONE));
    assertEquals(IdMap.NONE, SessionIds.within(IdMap.NONE, SESSION));
  }
}
