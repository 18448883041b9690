// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.domus.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The git hook in {@code conf/ci}, in a repository of its own. */
class PreCommitHookTest {
  private static final List<String> SYSTEM = List.of("/usr/bin", "/bin");

  private static final String BY_SCHEMA =
      "pre-commit: domus not found: definitions are checked against the schema alone\n";

  @TempDir Path directory;
  private Path repository;
  private Path programs;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(installed("git"), "git is not installed");
    programs = Files.createDirectory(directory.resolve("bin"));
    Path domus = programs.resolve("domus");
    Files.writeString(
        domus,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' io.domus.cli.Main \"$@\"\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(domus, PosixFilePermissions.fromString("rwx------"));
    repository = Files.createDirectory(directory.resolve("the repository"));
    git(0, "init", "-q", ".");
    Files.createSymbolicLink(
        repository.resolve(".git/hooks/pre-commit"),
        Checkout.path("conf/ci/pre-commit").toAbsolutePath());
  }

  private static boolean installed(String program) {
    return SYSTEM.stream().anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private void write(String file, String text) throws IOException {
    Path path = repository.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String git(int status, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(repository.toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("GIT_"));
    environment.put("PATH", programs + ":" + String.join(":", SYSTEM));
    environment.put("HOME", directory.toString());
    environment.put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(status, process.waitFor(), output);
    return output;
  }

  private String commit(int status) throws IOException, InterruptedException {
    return git(status, "commit", "-q", "-m", "x");
  }

  private static String bad(String name) {
    return ValidateTest.domain(name).replace("<memory", "<memry");
  }

  @Test
  void whatIsStagedCounts() throws Exception {
    write("a b/good one.xml", ValidateTest.domain("web"));
    write("new\nline.xml", ValidateTest.domain("db"));
    write("pom.xml", "<project/>");
    Files.createSymbolicLink(repository.resolve("link.xml"), Path.of("nowhere"));
    git(0, "add", ".");
    write("a b/good one.xml", "not looked at");
    assertEquals("", commit(0), "the first commit, of good content");

    write("a b/good one.xml", bad("web"));
    git(0, "add", ".");
    write("a b/good one.xml", ValidateTest.domain("web"));
    String refused = commit(1);
    assertTrue(
        refused.startsWith("./a b/good one.xml:3:3: error: unknown element <memry>"), refused);
    assertTrue(refused.endsWith("or commit with --no-verify\n"), refused);

    // Only the file that is named becomes part of the commit.
    write("new\nline.xml", ValidateTest.domain("db2"));
    git(0, "commit", "-q", "-m", "x", "--", "new\nline.xml");
    git(0, "commit", "-q", "-m", "x", "--no-verify");
  }

  @Test
  void whatGoesIsNotLookedAt() throws Exception {
    write("bad.xml", bad("web"));
    write("good.xml", ValidateTest.domain("web"));
    git(0, "add", ".");
    git(0, "commit", "-q", "-m", "x", "--no-verify");
    git(0, "rm", "-q", "bad.xml");
    git(0, "mv", "good.xml", "a name.xml");
    assertEquals("", commit(0));
    // Two of one name may be two versions of a host: that is not for a commit to judge.
    write("same.xml", ValidateTest.domain("web"));
    write("again.xml", ValidateTest.domain("web"));
    git(0, "add", ".");
    assertEquals("", commit(0));
  }

  @Test
  void xmllintWillDo() throws Exception {
    assumeTrue(installed("xmllint"), "xmllint is not installed");
    Files.delete(programs.resolve("domus"));
    assumeTrue(!installed("domus"), "domus is installed");
    write("a b/good one.xml", ValidateTest.domain("web"));
    write("pom.xml", "<project/>");
    git(0, "add", ".");
    assertEquals(BY_SCHEMA, commit(0));
    write("a b/bad one.xml", bad("web"));
    write("broken.xml", "<domain");
    git(0, "add", ".");
    String refused = commit(1);
    assertTrue(refused.contains("./a b/bad one.xml:3: "), refused);
    assertTrue(refused.contains("./broken.xml:1: "), refused);
    write("a b/bad one.xml", ValidateTest.domain("db"));
    git(0, "rm", "-q", "--cached", "broken.xml");
    git(0, "add", "a b");
    assertEquals(BY_SCHEMA, commit(0));
  }

  @Test
  void hiddenFilesAreLookedAt() throws Exception {
    write("sub/.hidden/bad.xml", bad("web"));
    git(0, "add", ".");
    String refused = commit(1);
    assertTrue(refused.contains("sub/.hidden/bad.xml:3:3: error:"), refused);
  }

  @Test
  void filesCanBeNamed() throws Exception {
    write("a b/bad one.xml", bad("web"));
    write("good.xml", ValidateTest.domain("web"));
    git(0, "-c", "alias.h=!.git/hooks/pre-commit good.xml none.xml", "h");
    String refused = git(1, "-c", "alias.h=!.git/hooks/pre-commit good.xml 'a b/bad one.xml'", "h");
    assertTrue(refused.startsWith("./a b/bad one.xml:3:3: error:"), refused);
  }
}
