// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomstatsTest {
  @TempDir Path root;

  private CommandRun run(String... words) {
    return CommandRun.User.of(root).run(words);
  }

  @Test
  void ofOnesThatAreOff() {
    StoredDomains domains = new StoredDomains(root);
    domains.define("web", "");
    domains.define("db", "");
    assertEquals(
        "Domain: 'db'\n  state.state=shut off\n\nDomain: 'web'\n  state.state=shut off\n\n",
        run("domstats").out());
    assertEquals(
        "Domain: 'web'\n  state.state=5\n  state.reason=0\n\n",
        run("domstats", "web", "--raw", "--state").out());
    assertEquals("Domain: 'web'\n\n", run("domstats", "web", "web", "--pids").out());
    assertEquals("", run("domstats", "--list-running").out());
    assertEquals("[ ]\n", run("domstats", "--list-active", "-o", "json").out());
    assertEquals(
        "[ {\n  \"domain\" : \"web\",\n  \"state.state\" : \"shut off\"\n} ]\n",
        run("domstats", "web", "-o", "json").out());
    assertEquals(Action.USAGE, run("domstats", "web", "--list-active").status());
    assertEquals(Action.FAILED, run("domstats", "nobody").status());
  }
}
