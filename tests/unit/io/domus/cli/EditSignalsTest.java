// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process of its own that edits, and what becomes of the text when it is told to end. */
@Timeout(60)
class EditSignalsTest {
  @TempDir Path directory;
  private Path root;
  private Path texts;
  private Process domus;

  @BeforeEach
  void define() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    texts = Files.createDirectory(directory.resolve("tmp"));
    String text =
        """
        <domain type='lxc'><name>web</name><memory>65536</memory>
        <os><type>exe</type><init>/init</init></os><devices>
        <filesystem><source dir='/srv'/><target dir='/'/></filesystem></devices></domain>
        """;
    assertEquals(0, CommandRun.User.of(root).typing(text).run("define", "-").status());
  }

  @AfterEach
  void end() throws InterruptedException {
    domus.descendants().forEach(ProcessHandle::destroyForcibly);
    domus.destroyForcibly().waitFor();
  }

  /** {@code domus edit web} with a script for an editor. */
  private void edit(String script) throws IOException {
    Path editor = directory.resolve("editor");
    Files.writeString(editor, "#!/bin/sh\nready='" + directory.resolve("ready") + "'\n" + script);
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "-c",
                "lxc:///embed?root=" + root,
                "edit",
                "web")
            .redirectError(directory.resolve("err").toFile());
    builder.environment().put("TMPDIR", texts.toString());
    builder.environment().put("EDITOR", editor.toString());
    domus = builder.start();
  }

  private String err() throws IOException {
    return Files.exists(directory.resolve("err")) ? Files.readString(directory.resolve("err")) : "";
  }

  /** What a test waits for. */
  private interface Sign {
    boolean there() throws IOException;
  }

  private void await(Sign sign) throws IOException, InterruptedException {
    while (!sign.there()) {
      assertTrue(domus.isAlive(), err());
      Thread.sleep(20);
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(domus.pid())).start().waitFor();
  }

  private int status() throws InterruptedException {
    assertTrue(domus.waitFor(30, TimeUnit.SECONDS));
    return domus.exitValue();
  }

  private void assertKept(String text) throws IOException {
    try (Stream<Path> files = Files.list(texts)) {
      List<Path> kept = files.toList();
      assertEquals(1, kept.size());
      assertTrue(err().endsWith("error: your text is in " + kept.getFirst() + "\n"), err());
      assertTrue(Files.readString(kept.getFirst()).endsWith(text));
    }
    assertFalse(Files.readString(root.resolve("etc/domus/domains/web.xml")).endsWith(text));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void whileItAsks(String signal, int status) throws IOException, InterruptedException {
    edit("echo '<' >>\"$1\"");
    await(() -> err().endsWith("[y,n,?]: "));
    signal(signal);
    assertEquals(status, status());
    assertKept("<\n");
  }

  /** It ends the editor, which is taken to have failed. */
  @ParameterizedTest
  @CsvSource({"TERM", "HUP"})
  void whileTheEditorRuns(String signal) throws IOException, InterruptedException {
    edit("echo '<!-- mine -->' >>\"$1\"; echo >\"$ready\"; exec sleep 60");
    await(() -> Files.exists(directory.resolve("ready")));
    signal(signal);
    assertEquals(Action.FAILED, status());
    assertTrue(err().contains("ended with status 143: nothing is stored"), err());
    assertKept("<!-- mine -->\n");
  }

  /** One that asks when it is told to end: so do we, and are ended then. */
  @Test
  void anEditorThatSavesAtItsEnd() throws IOException, InterruptedException {
    edit("trap 'echo \"<\" >>\"$1\"; kill $!; exit 0' TERM\nsleep 60 & echo >\"$ready\"; wait");
    await(() -> Files.exists(directory.resolve("ready")));
    signal("TERM");
    assertEquals(143, status());
    assertKept("<\n");
  }

  /** To an editor ^C is a key like others. */
  @Test
  void whatTheTerminalSendsIsForTheEditor() throws IOException, InterruptedException {
    edit("echo >\"$ready\"; sleep 1; echo '<!-- mine -->' >>\"$1\"");
    await(() -> Files.exists(directory.resolve("ready")));
    signal("INT");
    assertEquals(Action.OK, status());
    assertTrue(
        Files.readString(root.resolve("etc/domus/domains/web.xml")).endsWith("<!-- mine -->\n"));
  }

  /** Nobody can say anything then, but the text is there. */
  @Test
  void killed() throws IOException, InterruptedException {
    edit("echo '<' >>\"$1\"");
    await(() -> err().endsWith("[y,n,?]: "));
    signal("KILL");
    assertEquals(137, status());
    try (Stream<Path> files = Files.list(texts)) {
      assertTrue(Files.readString(files.findFirst().orElseThrow()).endsWith("<\n"));
    }
  }
}
