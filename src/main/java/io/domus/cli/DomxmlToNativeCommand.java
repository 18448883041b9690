// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.BundleCompiler;
import io.domus.domain.DomainDef;
import io.domus.driver.BundleOperation;
import io.domus.driver.Definition;
import io.domus.driver.PlanOperation;
import io.domus.lxc.Export;
import io.domus.lxc.LxcWriter;
import io.domus.plan.Plan;
import io.domus.plan.PlanShell;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

final class DomxmlToNativeCommand implements Action {
  private static final List<String> FORMATS = List.of("oci-bundle", "lxc-tools", "shell");

  @Override
  public Syntax syntax() {
    return Syntax.of("domxml-to-native", "Print or write a domain in the form of another tool.")
        .value(
            "DIR",
            "Where oci-bundle writes; NAME-bundle in this directory if not given.",
            "--bundle")
        .value("FORMAT", "The same as the first parameter.", "--format")
        .value("FILE", "The same as the second parameter.", "--xml")
        .value("NAME", "The same as the second parameter.", "--domain")
        .optional("FORMAT", "oci-bundle, lxc-tools or shell.")
        .optional("FILE|NAME", "A definition, - for stdin, or a domain's name, uuid or id.")
        .footer(
            "oci-bundle: a new or empty directory with config.json and run.sh. run.sh runs the"
                + " bundle by crun on this host, in a mount namespace of its own, and mounts there"
                + " first what crun does not mount: overlays, images and devices. Where the root is"
                + " a directory, 'crun run --bundle DIR NAME' does without it. The guest has the"
                + " streams of whoever runs it, no terminal of its own, and lo only.",
            "lxc-tools: a configuration of LXC by the keys it has had since 2.1, on stdout. What"
                + " LXC has no key for goes to stderr.",
            "shell: the same as 'plan --format shell'.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    NativeArguments given = NativeArguments.of(arguments, FORMATS, "--xml", "--domain");
    if (arguments.text("--bundle").isPresent() && !given.format().equals("oci-bundle")) {
      throw arguments.fault("option '--bundle' is for oci-bundle");
    }
    Definition definition = DefinitionArgument.read(session, given.subject());
    Warnings.print(session.err(), definition);
    switch (given.format()) {
      case "lxc-tools" -> lxc(session, definition.domain(), given.subject());
      case "shell" -> shell(session, definition.domain());
      default -> bundle(session, arguments, definition.domain());
    }
    return OK;
  }

  private static void lxc(Session session, DomainDef domain, String subject) {
    // LXC knows nothing of the layer store: what was sealed has to be named.
    Export export =
        LxcWriter.write(
            session.driver().withLayers(domain),
            subject.equals("-") ? "stdin" : subject,
            ConfigurationFiles.beside(session, subject));
    export.report().forEach(session.err()::println);
    session.out().print(export.text());
  }

  private static void shell(Session session, DomainDef domain) {
    Plan plan = new PlanOperation(session.driver()).start(domain);
    Warnings.print(session.err(), plan);
    session.out().print(PlanShell.render(plan));
  }

  private static void bundle(Session session, Arguments arguments, DomainDef domain) {
    Path directory = directory(arguments, arguments.value("--bundle", domain.name() + "-bundle"));
    BundleCompiler.Bundle bundle = new BundleOperation(session.driver()).run(domain, directory);
    Warnings.print(session.err(), bundle.warnings());
    session.say("Bundle of domain '" + domain.name() + "' written to " + directory);
    session.say(
        bundle.alone()
            ? "run it with: crun run --bundle " + directory + " " + domain.name()
            : "run it with: " + directory.resolve(BundleOperation.SCRIPT));
  }

  private static Path directory(Arguments arguments, String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException noPath) {
      throw arguments.fault("no directory: '" + text + "'");
    }
  }
}
