// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Guests of a site whose ids Domus has chosen, seen from the host and from within. */
record MappedGuests(Site site) {
  /** What a definition says that leaves the choice to Domus. */
  static final String AUTO = "<idmap mode='auto'/>";

  IdMap.Range range(String domain) throws IOException {
    return site.driver().idRanges().own(domain).orElseThrow();
  }

  static String owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid");
  }

  static void own(Path file, int uid, int gid) throws IOException {
    Files.setAttribute(file, "unix:uid", uid);
    Files.setAttribute(file, "unix:gid", gid);
  }

  String owner(String domain, String path) throws IOException {
    return site.output(domain, "stat", "-c", "%u:%g", path).strip();
  }

  /** The guest's root is the first of its ids on the host, and nobody else's. */
  void assertApart(String... domains) throws IOException {
    Set<Long> bases = new HashSet<>();
    for (String domain : domains) {
      long base = range(domain).target();
      assertTrue(bases.add(base), "two have " + base);
      Path init = Path.of("/proc/" + site.init(domain));
      assertEquals(base + ":" + base, owner(init), domain);
      assertEquals(
          "0 " + base + " 65536",
          Files.readString(init.resolve("uid_map")).strip().replaceAll(" +", " "));
      assertEquals(
          Files.readString(init.resolve("uid_map")), Files.readString(init.resolve("gid_map")));
    }
  }
}
