// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code domus exec} reads from and writes to stays whose it is. */
class ExecStreamsIT {
  private static final int SOMEBODY = 1234;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension final Site site = new Site();

  private Path somebodys(String name, String content) throws Exception {
    Path file = Files.writeString(site.path("scratch").resolve(name), content);
    Files.setAttribute(file, "unix:uid", SOMEBODY);
    Files.setAttribute(file, "unix:gid", SOMEBODY);
    return file;
  }

  private int exec(String script, Path in, Path out, Path err) throws Exception {
    return new ProcessBuilder(site.command("exec", "web", "--", "sh", "-c", script))
        .redirectInput(in.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start()
        .waitFor();
  }

  @Test
  void staySomebodysOwn() throws Exception {
    site.tree("tree");
    site.start(
        DomainXml.named("web").script("while :; do sleep 1000; done").root(site.path("tree")));
    Path in = somebodys("in", "hello\n");
    Path out = somebodys("out", "");
    Path err = somebodys("err", "");
    int status = exec("cat; echo no >&2; exit 3", in, out, err);
    assertEquals("3 hello\nno\n", status + " " + Files.readString(out) + Files.readString(err));
    for (Path file : new Path[] {in, out, err}) {
      assertEquals(SOMEBODY, Files.getAttribute(file, "unix:uid"), file.toString());
      assertEquals(SOMEBODY, Files.getAttribute(file, "unix:gid"), file.toString());
    }
  }

  private static String words(Path file) throws Exception {
    return Host.run("stat", "-c", "%A %u:%g", file.toString());
  }

  /** What a guest's root owns it can close to everybody: that must never be the machine's. */
  @Test
  void leaveTheNullDeviceAlone() throws Exception {
    Path nothing = Path.of("/dev/null");
    String before = words(nothing);
    site.tree("tree");
    site.start(
        DomainXml.named("web")
            .with(MappedGuests.AUTO)
            .device("<console type='pty'/>")
            .script("while :; do sleep 1000; done")
            .root(site.path("tree")));
    Path out = somebodys("out", "");
    Path err = somebodys("err", "");
    String rude = "cat; for fd in 0 1 2; do chmod 0 /proc/self/fd/$fd; done; echo no >&2; exit 3";
    assertEquals(3, exec(rude, nothing, out, err));
    assertEquals(3, exec(rude, nothing, nothing, err));
    assertEquals(3, exec(rude, nothing, nothing, nothing));
    assertEquals(3, exec("(sleep 1; yes | head -c 1000000; >/done) & " + rude, out, nothing, err));
    Await.until("the one that goes on writing", () -> Files.exists(site.path("tree/done")));
    assertTrue(new ExecOperation(site.driver()).succeeds("web", List.of("true"), LIMIT));
    site.destroy("web");
    site.start(DomainXml.named("plain").root(site.path("tree")).script("sleep 1000"));
    ExecOperation.Request request =
        new ExecOperation.Request(
            List.of("chmod", "0", "/proc/self/fd/0"),
            false,
            Optional.of("1000"),
            List.of(),
            Optional.empty());
    site.exec("plain", request, nothing);
    site.destroy("plain");
    assertEquals(before, words(nothing));
  }
}
