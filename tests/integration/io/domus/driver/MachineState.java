// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The machine as {@code tests/machine-state} prints it, with the trees of one site. */
final class MachineState {
  /**
   * For what is done in its own time after a process was killed: by the kernel, and by the program
   * that clears up after a guest, which may be the first to use a new build.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Site site;
  private final List<String> lines;

  private MachineState(Site site, List<String> lines) {
    this.site = site;
    this.lines = lines;
  }

  static MachineState of(Site site) throws IOException, InterruptedException {
    return new MachineState(site, picture(site));
  }

  /** Fails if the machine is not as it was, and does not become so in a moment. */
  void assertUnchanged(String since) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<String> now = picture(site);
      if (now.equals(lines)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        fail("the machine is not as it was before " + since + ":\n" + difference(now));
      }
    }
  }

  private String difference(List<String> now) {
    List<String> gone = new ArrayList<>(lines);
    now.forEach(gone::remove);
    List<String> added = new ArrayList<>(now);
    lines.forEach(added::remove);
    StringBuilder text = new StringBuilder();
    gone.forEach(line -> text.append("- ").append(line).append('\n'));
    added.forEach(line -> text.append("+ ").append(line).append('\n'));
    return text.toString();
  }

  private static List<String> picture(Site site) throws IOException, InterruptedException {
    Path output = Files.createTempFile("machine-state", "");
    try {
      int status =
          new ProcessBuilder(
                  Path.of(System.getProperty("domus.checkout"), "tests/machine-state").toString(),
                  site.directory().toString(),
                  site.layout().leases().toString())
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IOException("tests/machine-state ended with " + status);
      }
      return Files.readAllLines(output).stream().filter(line -> !grows(site, line)).toList();
    } finally {
      Files.delete(output);
    }
  }

  /**
   * The record of what happened is meant to grow, that of the last run holds its time, a writable
   * image notes when it was mounted, what was found in definitions is noted with the time, the
   * directories of exits, of scratch and of storage stay once they are made, as do the files that
   * locks are taken on; scratch files and the next victim are the test's own.
   */
  private static boolean grows(Site site, String line) {
    return line.startsWith(site.root() + "/run/domus/events ")
        || line.startsWith(site.root() + "/run/domus/events.1 ")
        || line.matches(".*/status\\.json sha256 .*")
        || line.matches(".*/disk\\.(img|qcow2) sha256 .*")
        || line.matches(".*/run/domus/(exits(/\\.lock)?|scratch|locks/[^/]*) .*")
        || line.matches(".*/run/domus/\\.?uses\\.json(\\.new)? .*")
        || line.matches(".*/var/lib/domus/(ephemeral|layers|operations|storage|uppers) d .*")
        || line.startsWith(site.launches().toString())
        || line.contains(KilledMain.class.getName())
        || line.startsWith(site.path("scratch").toString());
  }
}
