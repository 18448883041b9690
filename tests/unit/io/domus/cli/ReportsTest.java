// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.xml.XmlFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Reports for programs, of names and texts that are hard on their syntax. */
class ReportsTest {
  private static final String ODD = "a,b:c%\n\u0001\uD800<\"'&>.xml";
  private static final String MESSAGE = "100% {0} [x](y)\r\n<&>\"";

  private static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Checked("./good.xml", "domain", true, List.of()),
          new Outcome.Checked(
              ODD,
              "domain",
              false,
              List.of(
                  finding(XmlFault.Severity.ERROR, "schema.value", List.of("a", "b")),
                  finding(XmlFault.Severity.WARNING, "ignored", List.of()),
                  finding(XmlFault.Severity.ERROR, "schema.value", List.of()))),
          new Outcome.Checked(
              "warned.xml",
              "domain",
              true,
              List.of(finding(XmlFault.Severity.WARNING, "ignored", List.of()))),
          new Outcome.Unreadable("none.xml", "no such file"),
          new Outcome.Skipped("pom.xml", "its root is <project>, none of ours"));

  private static Finding finding(XmlFault.Severity severity, String rule, List<String> expected) {
    XmlFault.Excerpt excerpt = new XmlFault.Excerpt("  <tag\u0007/>", 2);
    return new Finding(
        new XmlFault("odd.xml", 3, 7, severity, rule, MESSAGE, expected, excerpt),
        "docs/reference.md#domain-x");
  }

  private static String print(
      List<Outcome> outcomes, int status, Function<PrintStream, Report> format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    Report report = format.apply(out);
    for (Outcome outcome : outcomes) {
      report.add(outcome);
    }
    report.end(status);
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String github(boolean strict) throws IOException {
    return print(OUTCOMES, 2, out -> new GithubReport(out, strict));
  }

  @Test
  void workflowCommands() throws IOException {
    String name = "a%2Cb%3Ac%25%0A\u0001?<\"'&>.xml";
    String text = "100%25 {0} [x](y)%0D%0A<&>\"";
    String see = "%0Asee docs/reference.md#domain-x";
    assertEquals(
        List.of(
            "::error file=%s,line=3,col=7,title=schema.value::%s%%0Aexpected one of: a, b%s"
                .formatted(name, text, see),
            "::warning file=%s,line=3,col=7,title=ignored::%s%s".formatted(name, text, see),
            "::error file=%s,line=3,col=7,title=schema.value::%s%s".formatted(name, text, see),
            "::warning file=warned.xml,line=3,col=7,title=ignored::%s%s".formatted(text, see),
            "::error file=none.xml::cannot read none.xml: no such file",
            "::debug::pom.xml: skipped, its root is <project>, none of ours"),
        github(false).lines().toList());
    assertFalse(github(true).contains("::warning"));
  }

  @Test
  void standardInputIsNoFile() throws IOException {
    Outcome stdin =
        new Outcome.Checked(
            "-",
            "domain",
            false,
            List.of(finding(XmlFault.Severity.ERROR, "schema.value", List.of())));
    String printed =
        print(
            List.of(stdin, new Outcome.Unreadable("-", "input/output error")),
            2,
            out -> new GithubReport(out, false));
    assertTrue(printed.startsWith("::error line=3,col=7,title="), printed);
    assertTrue(printed.endsWith("::error::cannot read stdin: input/output error\n"), printed);
  }

  @Test
  void junit() throws Exception {
    String printed = print(OUTCOMES, 2, JunitReport::new);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertEquals("5", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals("1", suite.getAttribute("errors"));
    assertEquals("1", suite.getAttribute("skipped"));
    assertEquals(5, suite.getElementsByTagName("testcase").getLength());
    Element odd = (Element) suite.getElementsByTagName("testcase").item(1);
    assertEquals("a,b:c%\n\uFFFD?<\"'&>.xml", odd.getAttribute("name").replace("\uFFFD<", "?<"));
    Element failure = (Element) odd.getElementsByTagName("failure").item(0);
    assertEquals("schema.value", failure.getAttribute("type"));
    assertTrue(failure.getTextContent().contains("  see docs/reference.md#domain-x\n"));
    assertTrue(failure.getTextContent().contains("  <tag\uFFFD/>\n  ^\n"));
    assertEquals(1, document.getElementsByTagName("system-out").getLength());
    assertEquals(
        "cannot read none.xml: no such file",
        ((Element) document.getElementsByTagName("error").item(0)).getAttribute("message"));
  }

  private static Map<?, ?> sarif(List<Outcome> outcomes, int status) throws IOException {
    Path work = Path.of("/work dir");
    String printed =
        print(
            outcomes,
            status,
            out -> new SarifReport(out, new ArtifactUri(work), Path.of("/opt/domus"), false));
    return (Map<?, ?>) list(JSON.std.mapFrom(printed), "runs").getFirst();
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return (List<?>) map.get(key);
  }

  private static Object at(Object value, Object... path) {
    Object at = value;
    for (Object step : path) {
      at = step instanceof Integer index ? ((List<?>) at).get(index) : ((Map<?, ?>) at).get(step);
    }
    return at;
  }

  /** The log as a whole was once checked against the standard's own JSON schema, by hand. */
  @Test
  void sarif() throws IOException {
    Map<?, ?> run = sarif(OUTCOMES, 2);
    assertEquals("utf16CodeUnits", run.get("columnKind"));
    assertEquals(4, list(run, "results").size());
    for (Object result : list(run, "results")) {
      int index = (Integer) at(result, "ruleIndex");
      assertEquals(at(result, "ruleId"), at(run, "tool", "driver", "rules", index, "id"));
    }
    assertEquals(2, ((List<?>) at(run, "tool", "driver", "rules")).size());
    Object first = at(run, "results", 0);
    assertEquals("error", at(first, "level"));
    assertEquals(
        "100% {{0}} [x] (y)\r\n<&>\"; expected one of: a, b", at(first, "message", "text"));
    Object place = at(first, "locations", 0, "physicalLocation");
    assertEquals("a%2Cb%3Ac%25%0A%01%3F%3C%22%27%26%3E.xml", at(place, "artifactLocation", "uri"));
    assertEquals(Map.of("startLine", 3, "startColumn", 7), without(at(place, "region")));
    assertEquals("<tag\u0007/>", at(place, "region", "snippet", "text"));
    assertEquals("warning", at(run, "results", 1, "level"));
    Object rule = at(run, "tool", "driver", "rules", 0);
    assertEquals("A value is not of its type.", at(rule, "shortDescription", "text"));
    assertEquals(
        "file:///opt/domus/docs/reference.md#rule-schema.value", at(rule, "helpUri").toString());
    assertEquals(false, at(run, "invocations", 0, "executionSuccessful"));
    assertEquals(2, at(run, "invocations", 0, "exitCode"));
    Object unread = at(run, "invocations", 0, "toolExecutionNotifications", 0);
    assertEquals("error", at(unread, "level"));
    assertEquals("cannot read none.xml: no such file", at(unread, "message", "text"));
    assertEquals(
        "none.xml", at(unread, "locations", 0, "physicalLocation", "artifactLocation", "uri"));
  }

  private static Map<?, ?> without(Object region) {
    Map<?, ?> copy = new java.util.HashMap<>((Map<?, ?>) region);
    copy.remove("snippet");
    return copy;
  }

  @Test
  void sarifOfNothing() throws IOException {
    Map<?, ?> run = sarif(List.of(), 0);
    assertEquals(List.of(), run.get("results"));
    assertEquals(List.of(), at(run, "tool", "driver", "rules"));
    assertEquals(true, at(run, "invocations", 0, "executionSuccessful"));
  }

  @Test
  void uris() {
    ArtifactUri uris = new ArtifactUri(Path.of("/home/a b"));
    Map<String, String> expected =
        Map.of(
            "x.xml", "x.xml",
            "./d/../x y.xml", "x%20y.xml",
            "/home/a b/d/x.xml", "d/x.xml",
            "../x.xml", "file:///home/x.xml",
            "/etc/x.xml", "file:///etc/x.xml",
            "ü:1.xml", "%C3%BC%3A1.xml",
            "-", "stdin");
    expected.forEach(
        (name, uri) -> {
          assertEquals(uri, uris.of(name));
          assertEquals(uri, URI.create(uri).toString());
        });
  }
}
