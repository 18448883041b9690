// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.InterfaceChangeOperation;
import io.domus.xml.InterfaceEdit;
import io.domus.xml.XmlSource;
import java.util.Optional;

final class UpdateDeviceCommand implements Action {
  @Override
  public Syntax syntax() {
    return InterfaceScope.options(
            Syntax.of("update-device", "Change an interface of a domain to what a file says."))
        .domain()
        .one("FILE", "A file with one <interface>, or '-'.")
        .footer(
            "The interface with the MAC address of the file is meant, or the only one. State,"
                + " limits and filter of a guest that runs change in place; for anything else the"
                + " interface is taken away and made anew.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    DefinitionFile file = DefinitionFile.read(session, arguments.one(1));
    XmlSource source = XmlSource.of(file.name(), file.bytes());
    String xml = InterfaceEdit.fragment(source);
    Optional<String> mac = InterfaceEdit.mac(source);
    InterfaceScope.run(
        session,
        arguments,
        "update-device",
        domain -> new InterfaceEdit.Change.Replace(index(domain, mac), xml, Optional.of(source)));
    session.say("Device updated successfully");
    return OK;
  }

  private static int index(DomainDef domain, Optional<String> mac) {
    if (mac.isPresent()) {
      return InterfaceChangeOperation.find(domain, mac.get());
    }
    if (domain.interfaces().size() != 1) {
      throw new OperationInvalidException(
          "domain '%s' has %d interfaces: say which by its <mac>"
              .formatted(domain.name(), domain.interfaces().size()));
    }
    return 0;
  }
}
