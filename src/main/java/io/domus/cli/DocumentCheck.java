// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.DefinitionSummary;
import io.domus.xml.DocumentKind;
import io.domus.xml.DocumentRoot;
import io.domus.xml.DocumentValidator;
import io.domus.xml.Reading;
import io.domus.xml.Reference;
import io.domus.xml.SchemaValidator;
import io.domus.xml.XmlFault;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads and validates one input. May be asked by several threads at once.
 *
 * @param stdin what {@code -} means
 * @param strict whether a warning makes a document invalid
 * @param kinds whether the kinds of documents are asked for
 * @param further what looks for more
 */
record DocumentCheck(
    InputStream stdin, Scope scope, boolean strict, boolean kinds, List<FurtherWarnings> further) {
  DocumentCheck {
    further = List.copyOf(further);
  }

  /** What is looked at. */
  enum Scope {
    /** The schema alone. */
    SCHEMA,
    /** The rules, too, for each document by itself. */
    EACH,
    /** The rules, too, and those across documents. */
    SET
  }

  Examined examine(Input input) {
    return switch (input) {
      case Input.Document document -> {
        try (InputStream in = Files.newInputStream(document.path())) {
          Object identity = Objects.requireNonNullElseGet(document.identity(), Object::new);
          yield examine(document.name(), document.named(), identity, in);
        } catch (IOException failure) {
          yield unreadable(document, Reason.of(failure));
        }
      }
      case Input.StandardInput standard -> {
        try {
          yield examine(standard.name(), true, new Object(), stdin);
        } catch (IOException failure) {
          yield unreadable(standard, Reason.of(failure));
        }
      }
      case Input.Missing missing -> unreadable(missing, missing.why());
      case Input.PassedOver over -> Examined.alone(new Outcome.Skipped(over.name(), over.why()));
    };
  }

  private static Examined unreadable(Input input, String why) {
    return Examined.alone(new Outcome.Unreadable(input.name(), why));
  }

  private Examined examine(String name, boolean named, Object identity, InputStream in)
      throws IOException {
    String shown = name.equals(InputWalk.STDIN) ? "stdin" : ShownName.of(name);
    XmlSource source = XmlSource.read(shown, in);
    AtomicReference<DefinitionSummary> summary = new AtomicReference<>();
    List<XmlFault> faults =
        switch (scope) {
          case SCHEMA -> new SchemaValidator().validate(source);
          case EACH -> faults(source, new DocumentValidator().read(source));
          case SET ->
              faults(source, new DocumentValidator().read(source, made -> summary.set(made.get())));
        };
    Optional<String> root =
        kinds || !faults.isEmpty() ? DocumentRoot.name(source) : Optional.empty();
    Optional<DocumentKind> kind = root.flatMap(DocumentKind::ofRoot);
    if (!named && root.isPresent() && kind.isEmpty()) {
      String why = "its root is <" + ShownName.of(root.get()) + ">, none of ours";
      return Examined.alone(new Outcome.Skipped(name, why));
    }
    Outcome outcome =
        new Outcome.Checked(
            name, kind.map(DocumentKind::root).orElse(""), valid(faults), findings(source, faults));
    return new Examined(outcome, Optional.ofNullable(summary.get()), identity);
  }

  private List<XmlFault> faults(XmlSource source, Reading<?> reading) {
    return FurtherWarnings.with(further, source, reading);
  }

  boolean valid(List<XmlFault> faults) {
    return strict ? faults.isEmpty() : faults.stream().noneMatch(XmlFault::isError);
  }

  private static List<Finding> findings(XmlSource source, List<XmlFault> faults) {
    if (faults.isEmpty()) {
      return List.of();
    }
    List<String> links = Reference.links(source, faults);
    List<Finding> findings = new ArrayList<>();
    for (int index = 0; index < faults.size(); index++) {
      findings.add(new Finding(faults.get(index), links.get(index)));
    }
    return findings;
  }
}
