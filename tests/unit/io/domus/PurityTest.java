// SPDX-License-Identifier: Apache-2.0
package io.domus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What must depend on its arguments alone: no file, clock, environment or randomness. That is why
 * {@code plan} needs no root and golden files are byte for byte.
 */
class PurityTest {
  /** Packages, and of the room of effects the classes that only build command lines. */
  private static final List<String> PURE =
      List.of(
          "io.domus.domain.",
          "io.domus.oci.",
          "io.domus.plan.",
          "io.domus.xml.",
          "io.domus.lxc.",
          "io.domus.picture.",
          "io.domus.compiler.",
          "io.domus.tool.BridgePort",
          "io.domus.tool.Btrfs",
          "io.domus.tool.Command",
          "io.domus.tool.Conmon",
          "io.domus.tool.Cp",
          "io.domus.tool.Criu",
          "io.domus.tool.Crun",
          "io.domus.tool.Dnsmasq",
          "io.domus.tool.Grow",
          "io.domus.tool.Ip",
          "io.domus.tool.Lvm",
          "io.domus.tool.Mkfs",
          "io.domus.tool.Nft",
          "io.domus.tool.QemuStorage",
          "io.domus.tool.Rsync",
          "io.domus.tool.Ssh",
          "io.domus.tool.Tar",
          "io.domus.tool.Tc",
          "io.domus.tool.Truncate");

  /** Each with all that is named after it: a type with its members, a package with its types. */
  private static final List<String> IMPURE =
      List.of(
          // Files and the network.
          "java.nio.file.Files",
          "java.nio.file.FileSystem",
          "java.nio.file.FileSystems",
          "java.nio.file.Path.toAbsolutePath",
          "java.nio.file.Path.toFile",
          "java.nio.file.Path.toRealPath",
          "java.nio.file.Path.toUri",
          "java.io.File",
          "java.io.FileDescriptor",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.nio.channels",
          "java.net",
          "java.lang.Class.getResource",
          "java.lang.Class.getResourceAsStream",
          "java.lang.ClassLoader.getResource",
          "java.lang.ClassLoader.getResourceAsStream",
          // The clock.
          "java.time.Clock",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.LocalTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.util.Date",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Thread",
          "java.util.concurrent.Executors",
          // The environment.
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.getProperties",
          "java.lang.System.lineSeparator",
          "java.lang.System.in",
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.exit",
          "java.lang.Runtime",
          "java.lang.ProcessHandle",
          "java.lang.Process",
          "java.util.Locale.getDefault",
          "java.util.TimeZone",
          "java.time.ZoneId.systemDefault",
          "java.nio.charset.Charset.defaultCharset",
          "java.lang.Boolean.getBoolean",
          "java.lang.Integer.getInteger",
          "java.lang.Long.getLong",
          // Randomness.
          "java.lang.Math.random",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.random",
          "java.util.UUID.randomUUID",
          "java.security.SecureRandom",
          "java.util.concurrent.ThreadLocalRandom",
          "java.lang.System.identityHashCode");

  /** Class and what it mentions, and why it may. */
  private static final Map<String, String> EXCEPTIONS = new TreeMap<>();

  static {
    except(
        "io.domus.xml.DocumentSchema java.lang.Class.getResourceAsStream",
        "the schema lies on the class path, as fixed as the code");
    except(
        "io.domus.xml.DomainReader java.lang.Thread",
        "prepare() only warms up the binding; no reading depends on it");
  }

  private static void except(String mention, String reason) {
    EXCEPTIONS.put(mention, reason);
  }

  @Test
  void pureCodeDependsOnItsArgumentsAlone() throws IOException {
    Set<String> unused = new TreeSet<>(EXCEPTIONS.keySet());
    List<String> complaints = new ArrayList<>();
    for (ClassReferences type : ClassReferences.ofProduct()) {
      if (PURE.stream().noneMatch(pure -> isOf(type.name(), pure))) {
        continue;
      }
      for (String impure : IMPURE) {
        String mention = type.name().replaceFirst("\\$.*", "") + " " + impure;
        if (type.mentions(impure).isEmpty()) {
          continue;
        }
        unused.remove(mention);
        if (!EXCEPTIONS.containsKey(mention)) {
          complaints.add(
              "%s mentions %s: let the driver find it out and hand it in as an argument"
                  .formatted(type.name(), type.mentions(impure)));
        }
      }
    }
    assertTrue(complaints.isEmpty(), () -> String.join("\n", complaints));
    assertEquals(Set.of(), unused, "these exceptions are not needed any more: remove them");
  }

  /** A package by its dot at the end; a class with those nested in it. */
  private static boolean isOf(String type, String pure) {
    return pure.endsWith(".")
        ? type.startsWith(pure)
        : type.equals(pure) || type.startsWith(pure + "$");
  }
}
