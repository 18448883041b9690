// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.ReadFailedException;
import io.domus.xml.DomainReader;
import io.domus.xml.FaultText;
import io.domus.xml.SchemaValidator;
import io.domus.xml.XmlFault;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class ValidateCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("validate", "Check definitions, and show all faults with their lines.")
        .flag("Check against the schema only, not the rules.", "--schema-only")
        .flag("Refuse a file for a warning, too.", "--warnings-as-errors")
        .choice(OutputFormat.class, "FORMAT", "Print text, or json.", "--format", "-o", "--output")
        .oneOrMore("FILE", "Definitions of domains; - reads stdin.")
        .footer("The exit status is 0 if all are valid, 1 if one is not, 2 if one is unreadable.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    int status = OK;
    List<Map<String, Object>> report = new ArrayList<>();
    for (String file : arguments.from(0)) {
      try {
        List<XmlFault> faults = faults(DefinitionFile.read(session, file), arguments);
        boolean valid = arguments.flag("--warnings-as-errors") ? faults.isEmpty() : none(faults);
        status = Math.max(status, valid ? OK : FAILED);
        if (arguments.json()) {
          report.add(FaultJson.file(file, valid, faults));
        } else {
          print(session, file, valid, faults);
        }
      } catch (ReadFailedException failure) {
        session.errors().print(failure);
        status = UNREADABLE;
      }
    }
    if (arguments.json()) {
      session.out().print(Json.render(report));
    }
    return status;
  }

  private static List<XmlFault> faults(DefinitionFile file, Arguments arguments) {
    XmlSource source = XmlSource.of(file.name(), file.bytes());
    return arguments.flag("--schema-only")
        ? new SchemaValidator().validate(source)
        : new DomainReader().read(source).faults();
  }

  private static boolean none(List<XmlFault> faults) {
    for (XmlFault fault : faults) {
      if (fault.isError()) {
        return false;
      }
    }
    return true;
  }

  private static void print(Session session, String file, boolean valid, List<XmlFault> faults) {
    session.err().print(FaultText.render(faults));
    if (valid) {
      session.say(file + ": valid");
    }
  }
}
