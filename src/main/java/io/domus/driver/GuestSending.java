// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.BaseFingerprint;
import io.domus.archive.Manifest;
import io.domus.compiler.ArrivalCompiler;
import io.domus.domain.OperationFailedException;
import io.domus.domain.SavePaths;
import io.domus.driver.Departure.Sent;
import io.domus.store.MigrationStore;
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
import java.util.HashMap;
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

  /** What of an upper directory may be another since it was first copied. */
  private final Map<Sent, ChangedFiles> changes = new HashMap<>();

  GuestSending(Driver driver, Receiver far, Departure departure) {
    this.driver = driver;
    this.far = far;
    this.host = far.host();
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
    for (Sent upper : departure.uppers()) {
      sync(upper.from());
      ChangedFiles.since(driver, upper.from()).ifPresent(since -> changes.put(upper, since));
    }
    long before = Long.MAX_VALUE;
    for (int round = 1; ; round++) {
      long sent = 0;
      for (Sent upper : departure.uppers()) {
        sent += copy(upper, into, Comparison.TIMES, true);
      }
      if (sent <= LITTLE || sent > before / 2 || round == ROUNDS) {
        far.flush();
        for (Sent upper : departure.uppers()) {
          sync(upper.from());
        }
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
      rest(upper, into);
    }
    check(all, into);
  }

  /** Where it is not known for certain what has changed, all contents are compared. */
  private void rest(Sent upper, Path into) throws IOException {
    ChangedFiles since = changes.get(upper);
    if (since == null) {
      copy(upper, into, Comparison.CONTENTS, false);
      return;
    }
    copy(upper, into, Comparison.TIMES, false);
    byte[] changed = since.list();
    if (changed.length > 0) {
      Path list = new MigrationStore(driver.layout()).list(departure.offer().domain());
      Files.write(list, changed);
      Command copy = Rsync.files(upper.from(), into.resolve(upper.to()), list, host);
      run(copy, "'" + upper.from() + "'", false);
    }
  }

  private void sync(Path directory) throws IOException {
    Command sync = Command.of("sync", "--file-system", directory.toString());
    CommandResult result = driver.runner().run(sync, LIMIT);
    if (!result.succeeded()) {
      throw new IOException(result.complaint());
    }
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
