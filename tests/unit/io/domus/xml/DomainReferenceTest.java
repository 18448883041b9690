// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.xml.DomainReference.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainReferenceTest {
  private static final String DOCUMENT =
      """
      <domain xmlns:l='http://libvirt.org/schemas/domain/lxc/1.0' xmlns:o='urn:o'>
      <!-- <after domain='web'/> --><name>web</name>
      <autostart><after domain='db'/><after
          domain=' we&#98; '/><after domain='web2'/></autostart>
      <l:namespace><l:sharenet type='name' value='web'/>
      <l:shareipc type='pid' value='web'/><l:shareuts type="name" value="db"/>
      <o:sharenet type='name' value='web'/></l:namespace>
      <devices><filesystem><source dir='/var/lib/web/up'/>
      <target dir='/var/lib/web2'/></filesystem><filesystem><source dir='/var/lib/web'/>
      </filesystem></devices><metadata><o:after domain='web'/></metadata></domain>
      """;

  private static List<DomainReference> in(String document) {
    return DomainReference.in(
        XmlSource.of("app.xml", document.getBytes(UTF_8)), "web", "/var/lib/web");
  }

  @Test
  void whatIsMeant() {
    assertEquals(
        List.of(
            new DomainReference(3, Kind.AFTER, "web"),
            new DomainReference(5, Kind.NAMESPACE, "web"),
            new DomainReference(8, Kind.PATH, "/var/lib/web/up"),
            new DomainReference(9, Kind.PATH, "/var/lib/web")),
        in(DOCUMENT));
  }

  @Test
  void asFarAsItCanBeRead() {
    assertEquals(2, in(DOCUMENT.replace("</l:namespace>", "<")).size());
    assertEquals(List.of(), in(""));
  }
}
