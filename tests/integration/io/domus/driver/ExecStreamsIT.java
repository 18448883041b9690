// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code domus exec} reads from and writes to stays whose it is. */
class ExecStreamsIT {
  private static final int SOMEBODY = 1234;

  @RegisterExtension final Site site = new Site();

  private Path somebodys(String name, String content) throws Exception {
    Path file = Files.writeString(site.path("scratch").resolve(name), content);
    Files.setAttribute(file, "unix:uid", SOMEBODY);
    Files.setAttribute(file, "unix:gid", SOMEBODY);
    return file;
  }

  @Test
  void staySomebodysOwn() throws Exception {
    site.tree("tree");
    site.start(
        DomainXml.named("web").script("while :; do sleep 1000; done").root(site.path("tree")));
    Path in = somebodys("in", "hello\n");
    Path out = somebodys("out", "");
    Path err = somebodys("err", "");
    int status =
        new ProcessBuilder(
                System.getProperty("domus.checkout") + "/domus",
                "-c",
                "lxc:///embed?root=" + site.root(),
                "exec",
                "web",
                "--",
                "sh",
                "-c",
                "cat; echo no >&2; exit 3")
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertEquals("3 hello\nno\n", status + " " + Files.readString(out) + Files.readString(err));
    for (Path file : new Path[] {in, out, err}) {
      assertEquals(SOMEBODY, Files.getAttribute(file, "unix:uid"), file.toString());
      assertEquals(SOMEBODY, Files.getAttribute(file, "unix:gid"), file.toString());
    }
  }
}
