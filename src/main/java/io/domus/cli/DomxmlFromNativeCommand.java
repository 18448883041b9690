// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.lxc.Conversion;
import io.domus.lxc.LxcReader;
import io.domus.xml.DomainWriter;
import java.util.List;

final class DomxmlFromNativeCommand implements Action {
  private static final List<String> FORMATS = List.of("lxc-tools");

  @Override
  public Syntax syntax() {
    return Syntax.of("domxml-from-native", "Print a configuration of LXC as a domain.")
        .value("FORMAT", "The same as the first parameter.", "--format")
        .value("FILE", "The same as the second parameter.", "--config")
        .optional("FORMAT", "lxc-tools: a configuration of LXC, from 0.7 to 7.")
        .optional("FILE", "The configuration, such as /var/lib/lxc/NAME/config; - reads stdin.")
        .footer(
            "The XML goes to stdout. What has no place in it goes to stderr with its file, line and"
                + " the reason: nothing is left out in silence.",
            "Files that the configuration includes are read, its fstab, and the layers that"
                + " lxc-start-ephemeral mounts by a hook; relative paths begin where it lies.",
            "The exit status is 0 if there is XML, 1 if nothing in the file is of LXC, 2 if it is"
                + " unreadable.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String file = NativeArguments.of(arguments, FORMATS, "--config").subject();
    DefinitionFile source = DefinitionFile.read(session, file);
    Conversion conversion =
        LxcReader.read(
            source.name(),
            ConfigurationFiles.whole(source),
            ConfigurationFiles.beside(session, file));
    conversion.report().forEach(session.err()::println);
    session.out().print(DomainWriter.write(conversion.domain()));
    return OK;
  }
}
