// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.executor.CopyProgress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How far a copy is: one line of a terminal, written over and over, and gone at the end. */
final class ProgressLine implements CopyProgress {
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  /** Nobody reads faster; nor does a copy that is over by then need a line. */
  private static final long PAUSE = Duration.ofMillis(200).toNanos();

  /** How much of a change in speed shows at once: disks write by fits and starts. */
  private static final double WEIGHT = 0.15;

  private final PrintStream err;
  private final LongSupplier clock;
  private CopyState state = CopyState.NONE;
  private long copied;
  private long shown;
  private long shownAt;
  private int width;

  /**
   * @param clock in nanoseconds
   */
  ProgressLine(PrintStream err, LongSupplier clock) {
    this.err = err;
    this.clock = clock;
  }

  /** On a terminal; none where stderr is something else. */
  static CopyProgress on(PrintStream err) {
    return isTerminal() ? new ProgressLine(err, System::nanoTime) : NONE;
  }

  /** By its name: to ask the kernel would load JNA, which most commands never do. */
  private static boolean isTerminal() {
    try {
      return Files.readSymbolicLink(STDERR).toString().matches("/dev/(pts/|tty|console|hvc).*");
    } catch (IOException closed) {
      return false;
    }
  }

  @Override
  public void total(long bytes, long inodes) {
    state = new CopyState(0, bytes, 0, inodes, 0);
    copied = 0;
    shown = 0;
    shownAt = clock.getAsLong();
  }

  @Override
  public void advanced(long bytes, long inodes) {
    state = state.plus(bytes, inodes);
    copied += state.isShared() ? inodes : bytes;
    long now = clock.getAsLong();
    if (now - shownAt >= PAUSE) {
      state = state.at(speed((copied - shown) * 1e9 / (now - shownAt)));
      shown = copied;
      shownAt = now;
      show(state.text());
    }
  }

  private double speed(double now) {
    return state.speed() == 0 ? now : state.speed() + WEIGHT * (now - state.speed());
  }

  @Override
  public void done() {
    if (width > 0) {
      show("");
      err.print("\r");
      err.flush();
      width = 0;
    }
  }

  /** Blanks over what was longer. */
  private void show(String text) {
    err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    err.flush();
    width = text.length();
  }
}
