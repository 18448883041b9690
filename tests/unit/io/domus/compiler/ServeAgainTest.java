// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPaths;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Plan;
import io.domus.store.StateLayout;
import io.domus.tool.Dnsmasq;
import io.domus.xml.NetworkReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that was lost reads the files of its predecessor: nothing else of the run changes. */
class ServeAgainTest {
  @Test
  void nothingButTheServerIsStarted() {
    String xml = "<network><name>lab</name>\n<ip address='10.2.0.1' prefix='16'/></network>";
    NetworkDef network =
        new NetworkReader()
            .read(XmlSource.of("n.xml", xml.getBytes(StandardCharsets.UTF_8)))
            .orThrow();
    NetworkPaths paths = new StateLayout(Path.of("/")).network("lab");
    Plan plan =
        NetworkCompiler.serveAgain(
            new NetworkOrder(
                new ActiveNetwork(network, List.of()), paths, "system", List.of(), List.of()),
            new NetworkFacts(true, false, "nobody", Map.of(), Map.of(), List.of()));
    assertEquals(
        List.of(
            new NetworkStep.RestartHelper(
                Dnsmasq.serve(paths.dnsmasq()),
                paths.pid(),
                Note.of("DHCP and DNS", network.addressing().addresses().getFirst().origin()))),
        plan.steps());
  }
}
