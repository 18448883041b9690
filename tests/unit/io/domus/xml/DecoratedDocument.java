// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Autostart;
import io.domus.domain.DomainDef;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * A definition written as nobody would: odd encoding, line ends, quotes, comments that look like
 * what they are not. Its parts that edits are about are known from the making, not from parsing.
 */
final class DecoratedDocument {
  /** Stand where the name, the value of {@code enabled}, and a new autostart element go. */
  private static final String NAME = "\uE000";

  private static final String ENABLED = "\uE001";
  private static final String ELEMENT = "\uE002";

  private static final List<String> REMARKS =
      List.of(
          "<!-- <autostart enabled='no'/> -->",
          "<!---->",
          "<!-- </devices></domain> <name>web</name> üß -->",
          "<!--\n  <autostart enabled=\"yes\">\n-->",
          "<?autostart enabled='yes'?>",
          "<?x <name>a</name>?>",
          "  ",
          "\t<!-- ' \" > -->\t",
          "");

  private static final List<String> ENCODINGS =
      List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "ISO-8859-1", "windows-1252");

  private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r");

  /** How a name may be written; {@code %s} is all that is to change. */
  private static final List<String> NAME_FORMS =
      List.of("%s", " %s", "\n    %s\n  ", "<![CDATA[%s]]>", "<!-- n -->%s&#32;", "&#x20;<?p?>%s");

  /** The value of {@code enabled}, of which an edit replaces all. */
  private static final List<String> ENABLED_FORMS = List.of("%s", " %s", "&#32;%s\n");

  private final SplittableRandom random;
  private final String template;
  private final String encoding;
  private final boolean marked;
  private final boolean enabled;
  private final String name;
  private final String nameForm;
  private final String oddName;
  private final String enabledText;
  private final String lineEnd;

  private DecoratedDocument(DomainDef domain, long seed) {
    random = new SplittableRandom(seed);
    encoding = pick(ENCODINGS);
    marked = encoding.startsWith("UTF-16") || (encoding.startsWith("UTF") && random.nextBoolean());
    enabled = domain.autostart().enabled();
    name = domain.name();
    nameForm = pick(NAME_FORMS);
    boolean plain = nameForm.contains("CDATA") || random.nextBoolean();
    oddName = plain ? name : reference(name.charAt(0)) + name.substring(1);
    enabledText = pick(ENABLED_FORMS).formatted(enabled ? "yes" : "no");
    lineEnd = pick(LINE_ENDS);
    template = declaration() + decorated(marked(domain)).replace("\n", lineEnd);
  }

  static DecoratedDocument of(DomainDef domain, long seed) {
    return new DecoratedDocument(domain, seed);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String reference(int character) {
    return "&#" + character + ";";
  }

  private String declaration() {
    boolean needed = !encoding.startsWith("UTF") || encoding.equals("UTF-32LE");
    String declared = encoding.startsWith("UTF-16") ? "UTF-16" : encoding;
    return needed || random.nextBoolean()
        ? "<?xml version='1.0' encoding=\"" + declared + "\" ?>\n"
        : "";
  }

  private String marked(DomainDef domain) {
    String text =
        DomainWriter.write(domain)
            .replaceFirst(
                ">" + Pattern.quote(name) + "</name>", ">" + nameForm.formatted(NAME) + "</name>");
    return domain.autostart().equals(Autostart.OFF)
        ? text.replace("\n  </devices>\n", "\n  </devices>" + ELEMENT + "\n")
        : text.replaceFirst(
            "\n  <autostart enabled='[a-z]*'", "\n  <autostart enabled='" + ENABLED + "'");
  }

  private String decorated(String document) {
    StringBuilder text = new StringBuilder();
    List<String> lines = document.lines().toList();
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index);
      boolean quotes = random.nextInt(3) == 0 && !line.contains("<domain");
      text.append(quotes ? otherQuotes(line) : line).append('\n');
      if (index < lines.size() - 1 && random.nextInt(4) == 0) {
        text.append(pick(REMARKS)).append('\n');
      }
    }
    return text.toString();
  }

  private static String otherQuotes(String line) {
    return line.replaceAll("([a-zA-Z_])='([^'\"]*)'(?=[ />])", "$1 =\t\"$2\"");
  }

  private byte[] bytes(String nameText, String enabledText, String element) {
    String text =
        template.replace(NAME, nameText).replace(ENABLED, enabledText).replace(ELEMENT, element);
    Charset charset = Charset.forName(encoding);
    CharsetEncoder encoder = charset.newEncoder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (marked) {
      bytes.writeBytes("\uFEFF".getBytes(charset));
    }
    text.codePoints()
        .mapToObj(
            point ->
                encoder.canEncode(Character.toString(point))
                    ? Character.toString(point)
                    : reference(point))
        .forEach(piece -> bytes.writeBytes(piece.getBytes(charset)));
    return bytes.toByteArray();
  }

  byte[] before() {
    return bytes(oddName, enabledText, "");
  }

  /** With the other value. */
  byte[] afterAutostart() {
    return bytes(oddName, enabled ? "no" : "yes", lineEnd + "  <autostart enabled='yes'/>");
  }

  byte[] afterName(String other) {
    return bytes(other, enabledText, "");
  }
}
