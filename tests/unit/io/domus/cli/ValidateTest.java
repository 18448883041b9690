// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} of many files and of directories. */
class ValidateTest {
  @TempDir Path directory;
  private CommandRun.User user;

  @BeforeEach
  void prepare() {
    user = CommandRun.User.of(directory.resolve("root"));
  }

  static String domain(String name) {
    return domain(name, "");
  }

  static String domain(String name, String more) {
    return """
    <domain type='lxc'>
      <name>%s</name>
      <memory unit='MiB'>64</memory>
      <os><type>exe</type><init>/sbin/init</init></os>
      <devices>
        <filesystem type='mount'><source dir='/srv/%s'/><target dir='/'/></filesystem>
      </devices>
      %s
    </domain>
    """
        .formatted(name, name, more);
  }

  private Path write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private CommandRun validate(int status, Object... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "validate";
    for (int index = 0; index < arguments.length; index++) {
      all[index + 1] = arguments[index].toString();
    }
    CommandRun run = user.run(all);
    assertEquals(status, run.status(), run.out() + run.err());
    return run;
  }

  @Test
  void directoriesAreWalkedInOrder() throws IOException {
    write("d/b.xml", domain("b"));
    write("d/a/z.xml", domain("z"));
    write("d/a.xml", domain("a"));
    write("d/c.xml/x.xml", domain("x"));
    write("d/pom.xml", "<project/>");
    write("d/note.txt", "<domain/>");
    write("d/.hidden/h.xml", "<domain/>");
    write("d/.#b.xml", "<domain/>");
    Path inside = directory.resolve("d");
    Files.createSymbolicLink(inside.resolve("e.xml"), inside.resolve("note.txt"));
    Files.createSymbolicLink(inside.resolve("loop"), inside);
    Files.createDirectory(directory.resolve("empty"));
    CommandRun run = validate(1, inside, directory.resolve("empty"));
    assertEquals(
        """
        D/a/z.xml: valid
        D/a.xml: valid
        D/b.xml: valid
        D/c.xml/x.xml: valid
        D/loop: skipped, is a link to a directory
        D/pom.xml: skipped, its root is <project>, none of ours
        EMPTY: skipped, holds no *.xml
        """,
        run.out()
            .replace(inside.toString(), "D")
            .replace(directory.resolve("empty").toString(), "EMPTY"));
    assertTrue(run.err().startsWith(inside + "/e.xml:1:1: error: "), run.err());
  }

  @Test
  void theExamplesGoTogether() {
    assertEquals("", validate(0, Checkout.path("conf/examples")).err());
  }

  @Test
  void whatIsNamedIsReadWhateverItIsCalled() throws IOException {
    Path odd = write("note.txt", domain("odd"));
    assertEquals(odd + ": valid\n", validate(0, odd).out());
    Path pom = write("pom.xml", "<project/>");
    assertTrue(validate(1, pom).err().contains("unknown element <project> as root"));
  }

  @Test
  void unreadableBeatsInvalid() throws IOException {
    Path bad = write("bad.xml", "<domain/>");
    Path none = directory.resolve("none.xml");
    for (String format : List.of("text", "json", "junit", "sarif", "github")) {
      CommandRun run = validate(2, none, bad, "", "--format", format);
      assertTrue((run.out() + run.err()).contains("no such file"), format);
    }
    assertEquals("error: cannot read '': no such file\n", validate(2, "").err());
  }

  @Test
  void linksAreShownOnce() throws IOException {
    Path bad = write("bad.xml", domain("web", "<on_crash>a</on_crash><on_crash>b</on_crash>"));
    String err = validate(1, bad).err();
    assertEquals(3, err.split(": error: ", -1).length - 1, err);
    assertEquals(1, err.split("see docs/reference.md#domain-on_crash", -1).length - 1, err);
  }

  @Test
  void rulesAcrossFiles() throws IOException {
    Path one = write("s/one.xml", domain("web"));
    Path two = write("s/two.xml", domain("web"));
    CommandRun run = validate(1, directory.resolve("s"));
    assertEquals(one + ": valid\n", run.out());
    assertTrue(run.err().startsWith(two + ":2:9: error: the name 'web' is already"), run.err());
    validate(0, one, two, "--each");
    validate(0, one, two, "--schema-only");
    // One file is no other file, whatever it is called.
    Files.createSymbolicLink(directory.resolve("link.xml"), one);
    validate(0, one, directory.resolve("link.xml"), one);
  }

  /** A name that a file with errors has is a name all the same. */
  @Test
  void filesWithErrorsAreThereToo() throws IOException {
    Path web = write("web.xml", domain("web", "<autostart><after domain='db'/></autostart>"));
    Path bad = write("db.xml", domain("db", "<nonsense/>"));
    assertEquals(1, validate(1, web, bad).err().split(": error: ", -1).length - 1);
    assertEquals(web + ": valid\n", validate(1, bad, web).out());
    Path other = write("other.xml", domain("other"));
    assertTrue(validate(1, web, other).err().contains("[set.after-unknown]"));
    assertEquals(0, validate(0, web).err().length());
    // What cannot be read may be the one that is missing.
    Path broken = write("broken.xml", "<domain");
    for (Path unknown : List.of(broken, directory.resolve("none.xml"))) {
      CommandRun run = user.run("validate", web.toString(), other.toString(), unknown.toString());
      assertFalse(run.err().contains("[set.after-unknown]"), run.err());
    }
  }

  @Test
  void standardInputAmongFiles() throws IOException {
    Path web = write("web.xml", domain("web"));
    user = user.typing(domain("web"));
    CommandRun run = validate(1, web, "-");
    assertTrue(run.err().startsWith("stdin:2:9: error: the name 'web'"), run.err());
    assertEquals("-: valid\n", validate(0, "-").out());
  }

  @Test
  void thousandsComeOutInOrder() throws IOException {
    StringBuilder expected = new StringBuilder();
    for (int index = 0; index < 2000; index++) {
      String name = "d%04d".formatted(index);
      Path file = write("many/" + name + ".xml", domain(name));
      expected.append(file).append(": valid\n");
    }
    assertEquals(expected.toString(), validate(0, directory.resolve("many")).out());
    assertEquals(
        expected.toString(), validate(0, directory.resolve("many"), "--schema-only").out());
  }

  @Test
  void namesStayOnTheirLine() throws IOException {
    Path odd = write("a\n::error::b.xml", domain("web"));
    assertEquals(odd.toString().replace('\n', '\uFFFD') + ": valid\n", validate(0, odd).out());
    Path bad = write("c\n::error::d.xml", "<domain/>");
    for (String line : validate(1, bad, "-o", "github").out().lines().toList()) {
      assertTrue(line.startsWith("::error file="), line);
    }
  }

  @Test
  void json() throws IOException {
    Path good = write("good.xml", domain("web"));
    Path bad = write("bad.xml", domain("web", "<on_crash>x</on_crash>"));
    List<Object> report =
        JSON.std.listFrom(
            validate(2, good, bad, directory.resolve("none"), "--each", "-o", "json").out());
    Map<?, ?> first = (Map<?, ?>) report.get(0);
    assertEquals(
        Map.of("file", good.toString(), "kind", "domain", "valid", true, "faults", List.of()),
        first);
    Map<?, ?> fault = (Map<?, ?>) ((List<?>) ((Map<?, ?>) report.get(1)).get("faults")).get(0);
    assertEquals(
        Map.of(
            "line", 8,
            "column", 13,
            "severity", "error",
            "rule", "schema.value",
            "message", "<on_crash> is 'x'",
            "expected", List.of("destroy", "restart", "preserve", "rename-restart"),
            "help", "docs/reference.md#domain-on_crash"),
        fault);
    Map<?, ?> last = (Map<?, ?>) report.get(2);
    assertEquals(false, last.get("valid"));
    assertEquals("no such file", last.get("unreadable"));
    assertFalse(first.containsKey("unreadable"));
    Files.createDirectory(directory.resolve("empty"));
    assertEquals(
        "holds no *.xml",
        ((Map<?, ?>)
                JSON.std
                    .listFrom(validate(0, directory.resolve("empty"), "-o", "json").out())
                    .get(0))
            .get("skipped"));
  }

  @Test
  void aWarningAcrossFilesIsOneLikeOthers() {
    Path set = Checkout.path("tests/golden/rejected-sets/set.no-network");
    CommandRun run = validate(0, set);
    assertTrue(
        run.err().contains("warning: none of these documents is a network 'lba'"), run.err());
    validate(1, set, "--warnings-as-errors");
    assertEquals("", validate(0, set, "--each").err());
  }

  /** So that many documents of nothing but faults do not fill the memory. */
  @Test
  void keptFaultsAreBounded() throws IOException {
    SetCheck set = new SetCheck(false, 1);
    DocumentCheck check = new DocumentCheck(null, DocumentCheck.Scope.SET, false, false, List.of());
    for (int index = 0; index < 3; index++) {
      Path bad = write("bad" + index + ".xml", "<domain type='lxc'><a/><b/></domain>");
      set.add(check.examine(new Input.Document(bad.toString(), bad, true, new Object())));
    }
    List<Outcome> outcomes = set.outcomes();
    for (Outcome outcome : outcomes) {
      Outcome.Checked checked = (Outcome.Checked) outcome;
      assertFalse(checked.valid());
      assertEquals(2, checked.findings().size());
      assertEquals("xml.too-many-faults", checked.findings().get(1).fault().rule());
    }
  }
}
