// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options and parameters of a command, and their help. Built by calls and not from annotations,
 * which the JVM reads so slowly that it would take as long as all the rest of {@code list}.
 */
final class Syntax {
  private final CommandSpec spec;
  private int positions;

  private Syntax(CommandSpec spec) {
    this.spec = spec;
  }

  static Syntax of(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description).sortOptions(false);
    return new Syntax(spec);
  }

  /** An option without a value. */
  Syntax flag(String description, String... names) {
    spec.addOption(OptionSpec.builder(names).type(boolean.class).description(description).build());
    return this;
  }

  /** An option with a value. */
  Syntax value(String label, String description, String... names) {
    return add(OptionSpec.builder(names).type(String.class), label, description);
  }

  /** An option with a number. */
  Syntax count(String label, String description, String... names) {
    return add(
        OptionSpec.builder(names).type(Integer.class).converters(new Count()), label, description);
  }

  /** An option with a number of bytes. */
  Syntax size(String description, String... names) {
    return add(
        OptionSpec.builder(names).type(Long.class).converters(new ByteSize()), "SIZE", description);
  }

  /** An option with one of a few words. */
  <E extends Enum<E>> Syntax choice(
      Class<E> type, String label, String description, String... names) {
    return add(
        OptionSpec.builder(names).type(type).converters(new Choice<>(type)), label, description);
  }

  /** An option with a value that may be given again. */
  Syntax values(String label, String description, String... names) {
    return add(
        OptionSpec.builder(names).type(List.class).auxiliaryTypes(String.class),
        label,
        description);
  }

  private Syntax add(OptionSpec.Builder option, String label, String description) {
    spec.addOption(option.paramLabel(label).description(description).build());
    return this;
  }

  /** The choice between a table and JSON. */
  Syntax output() {
    return choice(OutputFormat.class, "FORMAT", "Print text, or json.", "-o", "--output");
  }

  Syntax dryRun(String description) {
    return flag(description, "--dry-run");
  }

  /** The one domain that the command is about. */
  Syntax domain() {
    return one("NAME", "The domain's name, uuid or id.");
  }

  /** The one network that the command is about. */
  Syntax network() {
    return one("NETWORK", "The network's name or uuid.");
  }

  Syntax networks() {
    return oneOrMore("NETWORK", "Names or uuids of networks.");
  }

  Syntax domains() {
    return oneOrMore("NAME", "Names, uuids or ids of domains.");
  }

  Syntax domainsOrNone() {
    return positional("NAME", "Names, uuids or ids of domains.", "0..*", true);
  }

  Syntax one(String label, String description) {
    return positional(label, description, "1", false);
  }

  Syntax optional(String label, String description) {
    return positional(label, description, "0..1", false);
  }

  Syntax oneOrMore(String label, String description) {
    return positional(label, description, "1..*", true);
  }

  /** Paragraphs below the options in the help. */
  Syntax footer(String... paragraphs) {
    String[] lines = new String[paragraphs.length * 2];
    for (int index = 0; index < paragraphs.length; index++) {
      lines[2 * index] = "";
      lines[2 * index + 1] = paragraphs[index];
    }
    spec.usageMessage().footer(lines);
    return this;
  }

  private Syntax positional(String label, String description, String arity, boolean many) {
    PositionalParamSpec.Builder builder =
        PositionalParamSpec.builder()
            .index(many ? positions + "..*" : Integer.toString(positions))
            .arity(arity)
            .required(!arity.startsWith("0"))
            .paramLabel(label)
            .description(description);
    if (many) {
      builder.type(List.class).auxiliaryTypes(String.class);
    } else {
      builder.type(String.class);
    }
    spec.addPositional(builder.build());
    positions++;
    return this;
  }

  /** With {@code --help} added. */
  CommandSpec spec() {
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .description("Print this help and exit.")
            .build());
    return spec;
  }
}
