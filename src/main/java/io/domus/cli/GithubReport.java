// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.XmlFault;
import java.io.PrintStream;

/**
 * Workflow commands of GitHub Actions, which shows them at the lines they name. Prints nothing
 * else: a line of a document that began with two colons would be a command, too.
 */
final class GithubReport implements Report {
  private final PrintStream out;
  private final boolean strict;

  GithubReport(PrintStream out, boolean strict) {
    this.out = out;
    this.strict = strict;
  }

  @Override
  public void add(Outcome outcome) {
    switch (outcome) {
      case Outcome.Checked checked ->
          checked.findings().forEach(finding -> print(checked.name(), finding));
      case Outcome.Unreadable unreadable ->
          out.println(
              "::error" + file(" ", unreadable.name(), "") + "::" + data(Unread.text(unreadable)));
      case Outcome.Skipped skipped ->
          out.println("::debug::" + data(skipped.name() + ": skipped, " + skipped.why()));
    }
  }

  private void print(String name, Finding finding) {
    XmlFault fault = finding.fault();
    StringBuilder message = new StringBuilder(fault.message());
    if (!fault.expected().isEmpty()) {
      message.append("\nexpected one of: ").append(String.join(", ", fault.expected()));
    }
    message.append("\nsee ").append(finding.help());
    out.println(
        "::%s %sline=%d,col=%d,title=%s::%s"
            .formatted(
                fault.isError() || strict ? "error" : "warning",
                file("", name, ","),
                fault.line(),
                fault.column(),
                property(fault.rule()),
                data(message.toString())));
  }

  private static String file(String before, String name, String after) {
    boolean named = !name.isEmpty() && !name.equals(InputWalk.STDIN);
    return named ? before + "file=" + property(name.replaceFirst("^(\\./+)+", "")) + after : "";
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  @Override
  public void end(int status) {}
}
