// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.SignalName;
import io.domus.xml.bind.ConsoleBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.TextBean;
import java.util.OptionalLong;

/** Rules for the name, memory, consoles and shutdown. */
final class BasicRules {
  /** Less is more likely a forgotten unit than meant. */
  private static final long FEW_BYTES = 4L << 20;

  private final Faults faults;

  BasicRules(Faults faults) {
    this.faults = faults;
  }

  void check(DomainBean domain) {
    if (domain.name == null && !domain.incomplete) {
      faults.error("name.missing", Faults.of(domain), "<domain> needs a <name>");
    }
    memory(domain);
    if (domain.devices != null) {
      domain.devices.consoles.forEach(this::console);
      if (domain.devices.emulator != null) {
        faults.warning(
            "ignored",
            Faults.of(domain.devices.emulator),
            "<emulator> " + Unhonoured.IGNORED.text());
      }
    }
    if (domain.shutdown != null && domain.shutdown.signal != null) {
      String signal = domain.shutdown.signal.strip();
      if (SignalName.find(signal).isEmpty()) {
        faults.error(
            "shutdown.signal",
            faults.attribute(domain.shutdown, "signal"),
            "no signal "
                + Printable.quoted(signal)
                + ", expected a name such as SIGTERM or"
                + " SIGRTMIN+3, or a number from 1 to 64");
      }
    }
  }

  private void memory(DomainBean domain) {
    if (domain.memory == null) {
      if (!domain.incomplete) {
        faults.error("memory.missing", Faults.of(domain), "<domain> needs <memory>");
      }
      return;
    }
    OptionalLong most = amount(domain.memory);
    if (domain.currentMemory == domain.memory) {
      return;
    }
    OptionalLong current = amount(domain.currentMemory);
    if (most.isPresent() && current.isPresent() && current.getAsLong() > most.getAsLong()) {
      faults.error(
          "memory.current-above-memory",
          faults.content(domain.currentMemory),
          "<currentMemory> is more than <memory> of line " + domain.memory.line);
    }
  }

  private OptionalLong amount(TextBean memory) {
    if (memory.incomplete) {
      return OptionalLong.empty();
    }
    OptionalLong bytes = Quantity.bytes(memory.value, memory.unit, Quantity.KIB);
    String name = "<" + memory.element + ">";
    if (bytes.isEmpty()) {
      faults.error(
          "memory.too-large", faults.content(memory), name + " is more than 8 EiB less a byte");
    } else if (bytes.getAsLong() == 0) {
      faults.error("memory.zero", faults.content(memory), name + " must not be 0");
    } else if (bytes.getAsLong() < FEW_BYTES) {
      faults.warning(
          "memory.small",
          faults.content(memory),
          "%s is only %d bytes%s"
              .formatted(
                  name,
                  bytes.getAsLong(),
                  memory.unit == null ? ", without a unit it counts KiB" : ""));
    }
    return bytes;
  }

  private void console(ConsoleBean console) {
    if (console.type != null && !console.incomplete && !console.type.strip().equals("pty")) {
      faults.error(
          "console.type",
          faults.attribute(console, "type"),
          "console type " + Printable.quoted(console.type) + " is not supported, expected 'pty'");
    }
  }
}
