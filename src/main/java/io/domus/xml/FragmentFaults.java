// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * Faults of a document that was put together from one that is stored and a part that somebody gave.
 * Nobody has seen it, so its lines say nothing: a fault is told at its place in the part, or, if it
 * is elsewhere, without one.
 */
final class FragmentFaults {
  private final SourceText whole;
  private final int at;
  private final Optional<Part> part;

  /**
   * @param whole what was put together
   * @param at where in it the part begins, in characters
   * @param part empty if nobody wrote it
   */
  FragmentFaults(SourceText whole, int at, Optional<Part> part) {
    this.whole = whole;
    this.at = at;
    this.part = part;
  }

  /**
   * A part in the document that it was given in.
   *
   * @param from its first character there
   * @param to after its last
   */
  record Part(String file, SourceText text, int from, int to) {
    static Part of(XmlSource source, Charset charset, DocumentTree.Node element) {
      return new Part(
          source.file(), SourceText.decode(source.bytes(), charset), element.from(), element.to());
    }
  }

  /** What is odd about the rest was so before, and nothing is refused for it. */
  String render(List<XmlFault> faults) {
    return FaultText.render(
        faults.stream()
            .map(this::told)
            .filter(fault -> fault.isError() || fault.line() > 0)
            .toList());
  }

  private XmlFault told(XmlFault fault) {
    int within = whole.offset(new Position(fault.line(), fault.column())) - at;
    return part.filter(given -> at >= 0 && within >= 0 && within < given.to() - given.from())
        .map(
            given -> {
              Position place = given.text().position(given.from() + within);
              return fault.movedTo(given.file(), place, given.text().excerpt(place));
            })
        .orElseGet(() -> fault.movedTo(fault.file(), new Position(0, 0), XmlFault.Excerpt.NONE));
  }
}
