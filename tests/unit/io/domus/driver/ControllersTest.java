// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.compiler.Controller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllersTest {
  @TempDir Path directory;

  private EnumSet<Controller> lacking(String present) throws Exception {
    Path file = directory.resolve("cgroup.controllers");
    Files.writeString(file, present + "\n");
    return EnumSet.copyOf(Controllers.lacking(file));
  }

  @Test
  void whatIsNotNamedIsLacking() throws Exception {
    assertEquals(EnumSet.allOf(Controller.class), lacking(""));
    assertEquals(EnumSet.of(Controller.MEMORY), lacking("cpuset cpu io hugetlb pids rdma"));
    assertEquals(
        EnumSet.of(Controller.CPU, Controller.IO), lacking("cpuset memory pids"), "no prefix");
  }

  /** There the hierarchies of version 1 do it. */
  @Test
  void nothingIsLackingWithoutVersionTwo() {
    assertEquals(
        EnumSet.noneOf(Controller.class),
        EnumSet.copyOf(Controllers.lacking(directory.resolve("none"))));
  }
}
