// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A guest that counts, in its memory and in a file: wherever it was interrupted, the two agree, and
 * no number is missing or there twice.
 */
record CountingGuest(Site site, String name) {
  private static final String COUNTER =
      "n=0; while :; do n=$((n+1)); echo $n >>/count; usleep 5000; done";

  /** An end of the guest that was taken for a crash would start it anew. */
  private static final String RESTART = "<on_crash>restart</on_crash>";

  /** Defines and starts it, over an overlay with {@code upper} and {@code work} of the site. */
  void start(String devices) throws Exception {
    start(devices, site.tree("tree"));
  }

  /** The same over a tree that is there. */
  void start(String devices, Path tree) throws Exception {
    Path upper = site.empty("upper");
    Path work = site.empty("work");
    site.start(
        DomainXml.named(name)
            .script(COUNTER)
            .with(RESTART)
            .device(Filesystems.overlay(upper, work, "/", Filesystems.directory(tree)))
            .device(devices));
    await(file(), 1);
  }

  /** The file as the guest itself sees it; it must run. */
  Path file() {
    return Path.of("/proc/" + site.init(name) + "/root/count");
  }

  /** All numbers of such a file, which are those from 1 on. */
  List<String> numbers(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int at = 0; at < lines.size(); at++) {
      assertEquals(Integer.toString(at + 1), lines.get(at), "line " + (at + 1) + " of " + file);
    }
    return lines;
  }

  int count() throws IOException {
    return numbers(file()).size();
  }

  void await(Path file, int number) throws Exception {
    Await.until(
        "a count of " + number,
        () -> Files.exists(file) && Files.readAllLines(file).size() >= number);
  }

  /** It runs, and goes on without a gap. */
  void goesOn() throws Exception {
    await(file(), count() + 2);
    count();
  }
}
