// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import java.util.Locale;

/**
 * Faults as people read them:
 *
 * <pre>
 * web.xml:14:7: error: unknown element &lt;readony> in &lt;filesystem>, did you mean 'readonly'? [schema.unknown-element]
 *       &lt;readony/>
 *       ^
 *   expected one of: backingStore, driver, mount, readonly, source, space_hard_limit, target
 * </pre>
 */
public final class FaultText {
  private FaultText() {}

  public static String render(List<XmlFault> faults) {
    StringBuilder text = new StringBuilder();
    for (XmlFault fault : faults) {
      append(text, fault);
    }
    return text.toString();
  }

  public static String render(XmlFault fault) {
    return render(List.of(fault));
  }

  /** The first line only: position, severity, message and rule. */
  public static String headline(XmlFault fault) {
    String place = fault.line() == 0 ? "" : ":%d:%d".formatted(fault.line(), fault.column());
    return "%s%s: %s: %s [%s]"
        .formatted(
            fault.file(),
            place,
            fault.severity().name().toLowerCase(Locale.ROOT),
            fault.message(),
            fault.rule());
  }

  private static void append(StringBuilder text, XmlFault fault) {
    text.append(headline(fault)).append('\n');
    XmlFault.Excerpt excerpt = fault.excerpt();
    if (!excerpt.text().isEmpty()) {
      text.append(excerpt.text()).append('\n');
      text.append(padding(excerpt)).append("^\n");
    }
    if (!fault.expected().isEmpty()) {
      text.append("  expected one of: ").append(String.join(", ", fault.expected())).append('\n');
    }
  }

  /** As wide as what stands before the caret: a tab stays a tab, a pair of surrogates is one. */
  private static String padding(XmlFault.Excerpt excerpt) {
    StringBuilder padding = new StringBuilder();
    excerpt
        .text()
        .substring(0, Math.min(excerpt.caret(), excerpt.text().length()))
        .codePoints()
        .forEach(character -> padding.append(character == '\t' ? '\t' : ' '));
    return padding.toString();
  }
}
