// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code edit} with scripts for editors. */
class EditTest {
  private static final String UUID = "8fd0a3ad-2b39-4e3e-8b94-37c9a0e6c2f1";

  @TempDir Path directory;
  private Path texts;
  private Path stored;
  private CommandRun.User user;

  @BeforeEach
  void define() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    texts = Files.createDirectory(directory.resolve("tmp"));
    stored = root.resolve("etc/domus/domains/web.xml");
    user = CommandRun.User.of(root).with("TMPDIR", texts.toString());
    define(definition());
  }

  private static String definition() {
    return """
    <domain type='lxc'>
      <name>web</name>
      <memory unit='MiB'>64</memory>
      <os><type>exe</type><init>/sbin/init</init></os>
      <devices>
        <filesystem type='mount'><source dir='/nowhere'/><target dir='/'/></filesystem>
      </devices>
    </domain>
    """;
  }

  private void define(String text) {
    CommandRun run = user.typing(text).run("define", "-");
    assertEquals(Action.OK, run.status(), run.err());
  }

  /** An editor that does this to the file {@code $2}; {@code $stored} is the stored one. */
  private Path editor(String script) throws IOException {
    Path editor = directory.resolve("the editor");
    Files.writeString(editor, "#!/bin/sh\nstored='" + stored + "'\n" + script + "\n");
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    return editor;
  }

  private CommandRun edit(String script, String answers) throws IOException {
    return user.typing(answers).with("EDITOR", "'" + editor(script) + "' -w").run("edit", "web");
  }

  private String stored() throws IOException {
    return Files.readString(stored);
  }

  /** The files that were left for the user. */
  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(texts)) {
      return files.toList();
    }
  }

  /** Nothing was stored; the user's text is in the one file that the last line names. */
  private String assertKept(CommandRun run) throws IOException {
    assertEquals(Action.FAILED, run.status(), run.err());
    assertEquals("", run.out());
    assertEquals(1, kept().size(), run.err());
    Path text = kept().getFirst();
    // A terminal would have begun a new line after an answer.
    assertTrue(
        run.err().matches("(?s).*(^|\\n|\\]: )error: your text is in \\Q" + text + "\\E\n"),
        run.err());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(text)));
    assertTrue(text.getFileName().toString().matches("web-.*\\.xml"), text.toString());
    return Files.readString(text);
  }

  private void assertEdited(CommandRun run) throws IOException {
    assertEquals(Action.OK, run.status(), run.err());
    assertEquals("Domain 'web' XML configuration edited\n", run.out());
    assertEquals(List.of(), kept());
  }

  @Test
  void nothingIsWrittenWhereNothingWasChanged() throws IOException {
    var before = Files.getLastModifiedTime(stored);
    Object inode = Files.getAttribute(stored, "unix:ino");
    assertEquals(
        new CommandRun(0, "Domain 'web' XML configuration not changed\n", ""),
        edit("touch \"$2\"", ""));
    assertEquals(before, Files.getLastModifiedTime(stored));
    assertEquals(inode, Files.getAttribute(stored, "unix:ino"));
    assertEquals(List.of(), kept());
  }

  @Test
  void whatWasSavedIsStored() throws IOException {
    CommandRun run = edit("[ \"$1\" = -w ] && sed -i s/64/32/ \"$2\"", "");
    assertEquals("", run.err());
    assertEdited(run);
    assertEquals(definition().replace("64", "32"), stored());
    CommandRun quiet = user.with("EDITOR", "sed -i s/32/16/").run("-q", "edit", "web");
    assertEquals(new CommandRun(0, "", ""), quiet);
    assertEquals(definition().replace("64", "16"), stored());
  }

  static Stream<byte[]> texts() {
    String text = definition().replace("64", "48");
    return Stream.of(
        ("\uFEFF" + text).getBytes(UTF_8),
        ("\uFEFF" + text.replace("\n", "\r\n")).getBytes(UTF_16LE),
        text.replace("\n", "\r").strip().getBytes(UTF_8),
        (text + "<!-- ü -->\n\n\n").getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void byteForByte(byte[] text) throws IOException {
    Path saved = directory.resolve("saved");
    Files.write(saved, text);
    assertEdited(edit("cat '" + saved + "' >\"$2\"", ""));
    assertArrayEquals(text, Files.readAllBytes(stored));
    // And it comes back to the editor as it is.
    CommandRun run = edit("cmp '" + saved + "' \"$2\"", "");
    assertEquals(Action.OK, run.status(), run.err());
  }

  /** As many do: they write another file and put it in the place of the first. */
  @Test
  void anEditorThatReplacesTheFile() throws IOException {
    assertEdited(edit("sed s/64/32/ \"$2\" >\"$2.new\" && mv \"$2.new\" \"$2\"", ""));
    assertEquals(definition().replace("64", "32"), stored());
  }

  @Test
  void faultsAreShownAndMayBeMended() throws IOException {
    CommandRun run = edit("sed -i 's/memory/memry/g; s/memrry/memory/g' \"$2\"", "?\n\ny\nx\nn\n");
    String text = assertKept(run);
    assertTrue(text.contains("<memry unit"), text);
    assertEquals(definition(), stored());
    List<String> lines = run.err().lines().toList();
    assertTrue(lines.getFirst().contains(":3:3: error: unknown element <memry>"), run.err());
    assertEquals(5, run.err().split("Failed\\. Try again\\? \\[y,n,\\?]: ", -1).length - 1);
    assertEquals(3, run.err().split("y - start the editor again\nn - keep", -1).length - 1);
    assertFalse(run.err().contains("f - "), run.err());

    Files.delete(kept().getFirst());
    String twice = "if grep -q memory \"$2\"; then a=memory b=memry; else a=memry b=memory; fi\n";
    assertEdited(edit(twice + "sed -i \"s/$a/$b/g; s/64/32/\" \"$2\"", "y\n"));
    assertEquals(definition().replace("64", "32"), stored());
  }

  @Test
  void backToWhatItWas() throws IOException {
    String twice = "if grep -q memory \"$2\"; then a=memory b=memry; else a=memry b=memory; fi\n";
    CommandRun run = edit(twice + "sed -i \"s/$a/$b/g\" \"$2\"", "y\n");
    assertEquals("Domain 'web' XML configuration not changed\n", run.out());
    assertEquals(List.of(), kept());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void nobodyThereMeansNo(String answers) throws IOException {
    String text = assertKept(edit("echo '<' >>\"$2\"", answers));
    assertEquals(definition() + "<\n", text);
    assertEquals(definition(), stored());
  }

  static List<String> refusals() {
    return List.of("", "?\n", "n\n", "no", " N \n", "f\n", "force\nn\n");
  }

  @Test
  void anotherNameIsRefusedWithItsPlace() throws IOException {
    CommandRun run = edit("sed -i 's/>web</> wab </' \"$2\"", "n\n");
    assertKept(run);
    assertEquals(
        kept().getFirst()
            + ":2:9: error: the file defines domain 'wab' in place of 'web'; use domrename to"
            + " rename a domain",
        run.err().lines().findFirst().orElseThrow());
    assertEquals("web\n", user.run("list", "--all", "--name").out());
  }

  @Test
  void theUuidStays() throws IOException {
    String generated = user.run("domuuid", "web").out().strip();
    CommandRun run = edit("sed -i 's,</name>,</name><uuid>" + UUID + "</uuid>,' \"$2\"", "");
    assertKept(run);
    assertTrue(
        run.err().startsWith("error: domain 'web' already exists with uuid " + generated + " ("));
    Files.delete(kept().getFirst());
    assertEdited(edit("sed -i 's,</name>,</name><uuid>" + generated + "</uuid>,' \"$2\"", ""));
    assertEdited(edit("sed -i 's,<uuid>.*</uuid>,,' \"$2\"", ""));
    assertEquals(generated, user.run("domuuid", "web").out().strip());
  }

  /** One that only the file names is not lost when the file does not name it any more. */
  @Test
  void aUuidOfTheFileStays() throws IOException {
    user.run("undefine", "web");
    define(definition().replace("</name>", "</name><uuid>" + UUID + "</uuid>"));
    assertEdited(edit("sed -i 's,<uuid>.*</uuid>,,' \"$2\"", ""));
    assertEquals(UUID, user.run("domuuid", "web").out().strip());
    assertEquals(definition(), stored());
  }

  @Test
  void whatAnotherStoredMeanwhileIsNotLost() throws IOException {
    String other = definition() + "<!-- other -->\n";
    String script = "sed -i s/64/32/ \"$2\"; echo '<!-- other -->' >>\"$stored\"";
    CommandRun run = edit(script, "?\nn\n");
    assertEquals(definition().replace("64", "32"), assertKept(run));
    assertTrue(
        run.err()
            .startsWith(
                "error: the stored definition of domain 'web' has changed meanwhile\n"
                    + "Failed. Try again? [y,n,f,?]: y - start"),
        run.err());
    assertTrue(run.err().contains("\nf - "), run.err());
    assertEquals(other, stored());
  }

  @Test
  void unlessTheUserInsists() throws IOException {
    String script =
        "sed -i s/64/32/ \"$2\"; [ -e \"$0.once\" ] || echo >>\"$stored\"; >\"$0.once\"";
    CommandRun run = edit(script, "y\nf\n");
    assertEdited(run);
    assertEquals(3, run.err().split("has changed meanwhile|Try again", -1).length - 1 - 1);
    assertEquals(definition().replace("64", "32"), stored());
  }

  /** Whoever insists still cannot store what is not valid. */
  @Test
  void forceIsNotForFaults() throws IOException {
    String script = "echo '<' >>\"$2\"; echo >>\"$stored\"";
    CommandRun run = edit(script, "f\nn\n");
    assertKept(run);
    assertEquals(definition() + "\n", stored());
  }

  @Test
  void aDomainThatWasForgottenMeanwhile() throws IOException {
    String script = "sed -i s/64/32/ \"$2\"; rm -f \"$stored\"";
    assertKept(edit(script, "n\n"));
    assertFalse(Files.exists(stored));
    Files.delete(kept().getFirst());
    define(definition());
    assertEdited(edit(script, "f\n"));
    assertEquals(definition().replace("64", "32"), stored());
  }

  @Test
  void anEditorThatFails() throws IOException {
    CommandRun run = edit("exit 3", "");
    assertEquals(Action.FAILED, run.status());
    assertEquals(
        "error: the editor " + directory + "/the editor ended with status 3: nothing is stored\n",
        run.err());
    assertEquals(List.of(), kept());
    String text = assertKept(edit("sed -i s/64/32/ \"$2\"; exit 1", "y\n"));
    assertEquals(definition().replace("64", "32"), text);
    assertEquals(definition(), stored());
  }

  @Test
  void anEditorThatIsNotThere() throws IOException {
    CommandRun run = user.with("EDITOR", "/none/vi -x").run("edit", "web");
    assertEquals(Action.FAILED, run.status());
    assertEquals(
        "error: cannot run /none/vi: No such file or directory (it is named by EDITOR)\n",
        run.err());
    assertEquals(List.of(), kept());
  }

  @Test
  void anEditorThatLeavesNoFile() throws IOException {
    CommandRun run = edit("rm \"$2\"", "");
    assertEquals(Action.FAILED, run.status());
    assertTrue(
        run.err().matches("error: cannot access .*/web-.*\\.xml: no such file\n"), run.err());
    assertEquals(definition(), stored());
  }

  @Test
  void visualComesFirst() throws IOException {
    user = user.with("VISUAL", "false");
    assertEquals(Action.FAILED, user.with("EDITOR", "true").run("edit", "web").status());
    user = user.with("VISUAL", "  ");
    assertEquals(Action.OK, user.with("EDITOR", "true").run("edit", "web").status());
  }

  /** What is stored need not be valid: this is how to mend it. */
  @Test
  void aStoredFileThatIsBroken() throws IOException {
    Files.writeString(stored, definition().replace("</os>", "").replace(">web<", ">wab<"));
    assertEdited(edit("sed -i 's,</init>,</init></os>,; s/>wab</>web</' \"$2\"", ""));
    assertEquals(definition(), stored());
  }

  @Test
  void theFileStaysWhatItIs() throws IOException {
    Path real = directory.resolve("git.xml");
    Files.move(stored, real);
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
    Files.createSymbolicLink(stored, real);
    assertEdited(edit("sed -i s/64/32/ \"$2\"", ""));
    assertTrue(Files.isSymbolicLink(stored));
    assertEquals(definition().replace("64", "32"), Files.readString(real));
    assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
  }

  @Test
  void whatCannotBeStoredIsKept() throws IOException {
    // In the way of the temporary file.
    Files.createDirectories(stored.resolveSibling(".web.xml.new").resolve("full"));
    CommandRun run = edit("sed -i s/64/32/ \"$2\"", "n\n");
    assertTrue(run.err().startsWith("error: cannot define domain 'web': "), run.err());
    assertKept(run);
  }

  @Test
  void warningsAreShown() throws IOException {
    CommandRun run = edit("sed -i 's,</devices>,<graphics type=\"vnc\"/></devices>,' \"$2\"", "");
    assertEdited(run);
    assertTrue(run.err().contains(": warning: "), run.err());
  }

  @Test
  void aPlaceThatTakesNoFile() {
    CommandRun run = user.with("TMPDIR", "/proc").with("EDITOR", "true").run("edit", "web");
    assertEquals(Action.FAILED, run.status());
    assertTrue(
        run.err()
            .startsWith("error: cannot put the definition of domain 'web' into a file in /proc: "),
        run.err());
  }

  @Test
  void nobodysDomain() {
    assertEquals("error: no domain 'none'\n", user.run("edit", "none").err());
  }
}
