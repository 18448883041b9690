// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.driver.DefineOperation;
import io.domus.driver.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

final class EditCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("edit", "Change the stored definition of a domain in an editor.")
        .domain()
        .footer("The editor is that of VISUAL or EDITOR, or vi.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    session.requireWriter("edit");
    String name = session.find(arguments.one(0));
    byte[] before = DumpxmlCommand.stored(session, name);
    var onlyWe = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path file = Files.createTempFile(name + "-", ".xml", onlyWe);
    Files.write(file, before);
    boolean again = true;
    while (again) {
      Editor.of(session).edit(file);
      byte[] after = Files.readAllBytes(file);
      if (Arrays.equals(before, after)) {
        Files.delete(file);
        session.say("Domain '" + name + "' XML configuration not changed");
        return OK;
      }
      try {
        Definition definition =
            new DefineOperation(session.driver()).replace(name, before, file.toString(), after);
        Warnings.print(session.err(), definition);
        Files.delete(file);
        session.say("Domain '" + name + "' XML configuration edited");
        return OK;
      } catch (DomainException fault) {
        session.errors().print(fault);
        again = new Question(session).again();
      }
    }
    session.err().println("error: domain '" + name + "' is as before; your text is in " + file);
    return FAILED;
  }
}
