// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IdMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A guest's ids as ids of the session that it is in. The kernel takes a range only if it lies in
 * one range of the namespace above (user_namespaces(7)), and a session has two at least: the user,
 * and what /etc/subuid and /etc/subgid give.
 */
final class SessionIds {
  private final IdMap guest;
  private final IdMap session;

  private SessionIds(IdMap guest, IdMap session) {
    this.guest = guest;
    this.session = session;
  }

  /**
   * The same ids in ranges that the kernel takes.
   *
   * @param session its own ids as {@code start}; nothing is known if there are none
   * @throws ConfigUnsupportedException if it has not all of them, or the guest's root could not
   *     reach what is the user's
   */
  static IdMap within(IdMap guest, IdMap session) {
    if (!guest.present() || !session.present()) {
      return guest;
    }
    SessionIds ids = new SessionIds(guest, session);
    IdMap split =
        new IdMap(
            ids.split("uid", guest.uids(), session.uids()),
            ids.split("gid", guest.gids(), session.gids()),
            false,
            guest.origin());
    ids.checkReach();
    return split;
  }

  private List<IdMap.Range> split(String kind, List<IdMap.Range> ranges, List<IdMap.Range> above) {
    List<IdMap.Range> pieces = new ArrayList<>();
    for (IdMap.Range range : ranges) {
      long done = 0;
      while (done < range.count()) {
        long at = range.target() + done;
        Optional<IdMap.Range> home = above.stream().filter(each -> each.hasGuest(at)).findFirst();
        if (home.isEmpty()) {
          throw refusal(
              "<%s target='%d' count='%d'/> needs id %d of the session, which has %s (/etc/sub%s)"
                  .formatted(kind, range.target(), range.count(), at, text(above), kind));
        }
        long left = home.get().start() + home.get().count() - at;
        long count = Math.min(left, range.count() - done);
        pieces.add(new IdMap.Range(range.start() + done, at, count));
        done += count;
      }
    }
    return pieces;
  }

  private static String text(List<IdMap.Range> ranges) {
    return ranges.stream()
        .map(range -> range.start() + "-" + (range.start() + range.count() - 1))
        .collect(Collectors.joining(" and "));
  }

  /** The state directories are the user's, and closed to all others. */
  private void checkReach() {
    boolean isUser =
        guest.uids().stream().anyMatch(range -> range.start() == 0 && range.target() == 0);
    boolean overrides = hasUser(guest.uids()) && hasUser(guest.gids());
    if (!isUser && !overrides) {
      throw refusal(
          "<idmap> without target 0, which is you in a session: the guest's root could not enter"
              + " your directories");
    }
  }

  private static boolean hasUser(List<IdMap.Range> ranges) {
    return ranges.stream().anyMatch(range -> range.target() == 0);
  }

  private ConfigUnsupportedException refusal(String why) {
    return new Refusal(why, guest.origin()).exception();
  }
}
