// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.BaseFingerprint;
import io.domus.archive.Manifest;
import io.domus.compiler.ArrivalCompiler;
import io.domus.domain.OperationFailedException;
import io.domus.domain.SavePaths;
import io.domus.driver.Departure.Sent;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.Rsync;
import io.domus.tool.Rsync.Comparison;
import io.domus.tool.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings to the far side what a guest needs there: most of it while the guest runs. */
final class GuestSending {
  /** It takes as long as it takes; this only ends what hangs. */
  private static final Duration LIMIT = Duration.ofHours(24);

  /** So many bytes may be left for when the guest stands still. */
  private static final long LITTLE = 1 << 20;

  private static final int ROUNDS = 6;

  private final Driver driver;
  private final Receiver far;
  private final Optional<Ssh> host;
  private final Departure departure;

  /**
   * @param host of the far side, if it is another one
   */
  GuestSending(Driver driver, Receiver far, Optional<Ssh> host, Departure departure) {
    this.driver = driver;
    this.far = far;
    this.host = host;
    this.departure = departure;
  }

  void bases(List<Manifest.Base> missing) throws IOException {
    for (Manifest.Base base : missing) {
      Path from = Path.of(base.path());
      Path to = far.room(base);
      Command copy =
          Files.isDirectory(from)
              ? Rsync.tree(from, to, host, Comparison.TIMES)
              : Rsync.file(from, to, host);
      run(copy, "base '" + from + "'", false);
      far.place(base);
    }
  }

  /**
   * While the guest runs: all that it has written, and again what it has written meanwhile, until
   * little is left or it writes as fast as we copy.
   *
   * @return how often it was copied
   */
  int whileItRuns(Path into) throws IOException {
    for (Sent layer : departure.layers()) {
      copy(layer, into, Comparison.TIMES, false);
    }
    check(departure.layers(), into);
    long before = Long.MAX_VALUE;
    for (int round = 1; ; round++) {
      long sent = 0;
      for (Sent upper : departure.uppers()) {
        sent += copy(upper, into, Comparison.TIMES, true);
      }
      if (sent <= LITTLE || sent > before / 2 || round == ROUNDS) {
        return round;
      }
      before = sent;
    }
  }

  /** When the guest has ended: what has changed since, found by contents, and its processes. */
  void whenItIsOff(Path into) throws IOException {
    List<Sent> all = new ArrayList<>(departure.uppers());
    all.add(image());
    copy(image(), into, Comparison.TIMES, false);
    for (Sent upper : departure.uppers()) {
      copy(upper, into, Comparison.CONTENTS, false);
    }
    check(all, into);
  }

  private Sent image() {
    SavePaths save = SavePaths.of(driver.layout().domain(departure.offer().domain()));
    return new Sent(save.saved(), ArrivalCompiler.image());
  }

  /** What a copy has not made the same, such as links that were parted, is copied anew. */
  private void check(List<Sent> sent, Path into) throws IOException {
    Map<Path, String> fingerprints = new LinkedHashMap<>();
    for (Sent each : sent) {
      fingerprints.put(each.to(), BaseFingerprint.of(driver.syscalls(), each.from()).text());
    }
    if (fingerprints.isEmpty()) {
      return;
    }
    List<Path> differing = far.differing(fingerprints);
    if (differing.isEmpty()) {
      return;
    }
    for (Sent each : sent) {
      if (differing.contains(each.to())) {
        copy(each, into, Comparison.CONTENTS, false);
      }
    }
    List<Path> still = far.differing(fingerprints);
    if (!still.isEmpty()) {
      throw new OperationFailedException("what came is not what was sent: " + still);
    }
  }

  private long copy(Sent sent, Path into, Comparison comparison, boolean running)
      throws IOException {
    Path to = into.resolve(sent.to());
    return run(Rsync.tree(sent.from(), to, host, comparison), "'" + sent.from() + "'", running);
  }

  /**
   * @param running whether somebody is at work in what is copied, so that some of it may go away
   */
  private long run(Command copy, String what, boolean running) throws IOException {
    CommandResult result = driver.runner().run(copy, LIMIT);
    boolean moved = running && (result.exit() == Rsync.VANISHED || result.exit() == Rsync.PARTLY);
    if (!result.succeeded() && !moved) {
      throw new IOException("cannot copy " + what + ": " + Rsync.cause(result.stderr()));
    }
    return Rsync.sent(result.stdout());
  }
}
