// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.Lifecycle;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainReaderTest {
  private static final String HEAD =
      """
      <domain type='lxc'>
        <name> web </name>
        <memory unit='MiB'>
          64
        </memory>
        <os><type>exe</type><init>/sbin/init</init></os>
        <devices>
      """;
  private static final String TAIL =
      "    <filesystem><source dir='/srv/web'/><target dir='/'/></filesystem>\n"
          + "  </devices>\n</domain>\n";

  private static DomainDef read(String devices) {
    return read((HEAD + devices + TAIL).getBytes(UTF_8)).orThrow();
  }

  private static Reading<DomainDef> read(byte[] bytes) {
    return new DomainReader().read(XmlSource.of("web.xml", bytes));
  }

  @Test
  void defaultsAreFilledIn() {
    DomainDef domain = read("");
    assertEquals("web", domain.name());
    assertEquals(64L << 20, domain.memory());
    assertEquals(domain.memory(), domain.currentMemory());
    assertEquals(1, domain.vcpu());
    assertEquals(Lifecycle.DEFAULT, domain.lifecycle());
    assertEquals(Optional.empty(), domain.uuid());
    assertInstanceOf(Filesystem.Mount.class, domain.root());
  }

  @Test
  void originsAreTheElementsOwn() {
    DomainDef domain =
        read(
            """
            <filesystem type='overlay'>
              <source dir='/upper'/><source dir='/work'/>
              <backingStore type='overlay'>
                <backingStore type='dir'><target dir='/lower'/></backingStore>
              </backingStore>
              <target dir='/data'/>
            </filesystem>
            """);
    Filesystem.Overlay overlay =
        assertInstanceOf(Filesystem.Overlay.class, domain.filesystems().getFirst());
    assertEquals(new Origin("web.xml", 8, 1, "filesystem"), overlay.origin());
    assertEquals(
        new Origin("web.xml", 9, 3, "source"), overlay.chain().upper().orElseThrow().origin());
    BackingStore.Overlay inner =
        assertInstanceOf(BackingStore.Overlay.class, overlay.chain().lowers().getFirst());
    assertEquals(new Origin("web.xml", 10, 3, "backingStore"), inner.origin());
    assertEquals(
        new Origin("web.xml", 11, 5, "backingStore"), inner.chain().lowers().getFirst().origin());
    assertEquals(new Origin("web.xml", 6, 23, "init"), domain.os().initOrigin());
  }

  @Test
  void storesInOneAnotherLieBeneathOneAnother() {
    DomainDef domain =
        read(
            """
            <filesystem type='overlay'>
              <source dir='/upper'/><source dir='/work'/>
              <backingStore type='dir'>
                <source dir='/a'/>
                <backingStore type='file'>
                  <source file='/b.img'/>
                  <backingStore type='block'><source file='/dev/c'/><backingStore/></backingStore>
                </backingStore>
              </backingStore>
              <backingStore type='file'>
                <driver name='nbd' type='qcow2'/>
                <source file='/d.img'/>
                <backingStore type='file'><source file='/e.img'/></backingStore>
              </backingStore>
              <target dir='/data'/>
            </filesystem>
            """);
    Filesystem.Overlay overlay =
        assertInstanceOf(Filesystem.Overlay.class, domain.filesystems().getFirst());
    List<BackingStore> expected =
        List.of(
            new BackingStore.Directory(Path.of("/a"), Origin.NONE),
            new BackingStore.Image(
                Path.of("/b.img"),
                ImageFormat.RAW,
                Optional.empty(),
                Optional.empty(),
                Origin.NONE),
            new BackingStore.Block(Path.of("/dev/c"), Optional.empty(), Origin.NONE),
            new BackingStore.Image(
                Path.of("/d.img"),
                ImageFormat.QCOW2,
                Optional.empty(),
                Optional.of(
                    new BackingStore.Image(
                        Path.of("/e.img"),
                        ImageFormat.RAW,
                        Optional.empty(),
                        Optional.empty(),
                        Origin.NONE)),
                Origin.NONE));
    assertEquals(expected, WithoutOrigins.of(overlay.chain()).lowers());
  }

  /** What is checked but not honoured must not hide what follows it. */
  @Test
  void whatFollowsUnhonouredElementsIsRead() {
    DomainDef domain =
        read(
            """
            <graphics type='vnc'><listen/></graphics>
            <interface type='bridge'>
              <model type='virtio'/>
              <vlan><tag id='5'/></vlan>
              <source bridge='br0'/>
              <virtualport type='openvswitch'><parameters profileid='x'/></virtualport>
              <mac address='52:54:00:AB:00:01'/>
            </interface>
            <console type='pty'><alias name='console0'/><target port='3'/></console>
            """);
    NetInterface nic = domain.interfaces().getFirst();
    assertEquals("br0", nic.source().get("bridge"));
    assertEquals(Optional.of("52:54:00:ab:00:01"), nic.mac());
    assertEquals(3, domain.consoles().getFirst().port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
  void encodingsAreTheDocumentsOwn(String encoding) {
    String xml =
        "<?xml version='1.0' encoding='"
            + encoding.replaceFirst("[LB]E$", "")
            + "'?>\n"
            + HEAD.replace("<os>", "<title>straße</title><os>")
            + TAIL;
    byte[] bytes = xml.getBytes(Charset.forName(encoding));
    assertEquals(Optional.of("straße"), read(bytes).orThrow().title());
  }

  @Test
  void aByteOrderMarkIsNoText() {
    byte[] bytes = ("\uFEFF" + HEAD + TAIL).getBytes(StandardCharsets.UTF_8);
    assertEquals(1, read(bytes).orThrow().origin().column());
  }

  @Test
  void theExceptionTellsTheErrorsAndNotTheWarnings() {
    byte[] bytes =
        (HEAD + "<sound/><filesystem><target dir='x'/></filesystem>" + TAIL).getBytes(UTF_8);
    InvalidDefinitionException e =
        assertThrows(InvalidDefinitionException.class, () -> read(bytes).orThrow());
    assertTrue(e.getMessage().contains("[fs.target-not-normalised]"), e.getMessage());
    assertTrue(e.getMessage().contains("[fs.no-source]"), e.getMessage());
    assertTrue(!e.getMessage().contains("[ignored]"), e.getMessage());
  }

  @Test
  void identityIsGivenOnlyWhereTheFileHasNone() {
    DomainDef domain =
        read(
            """
            <interface type='ethernet'/>
            <interface type='ethernet'><mac address='52:54:00:00:00:01'/></interface>
            <interface type='ethernet'/>
            """);
    UUID uuid = UUID.fromString("3f4b8a52-6f0e-4c6b-9d4e-5a1f6c1d2e3f");
    DomainDef given =
        DomainDefaults.withIdentity(
            domain, uuid, List.of("52:54:00:00:00:0a", "52:54:00:00:00:0b"));
    assertEquals(Optional.of(uuid), given.uuid());
    assertEquals(
        List.of("52:54:00:00:00:0a", "52:54:00:00:00:01", "52:54:00:00:00:0b"),
        given.interfaces().stream().map(nic -> nic.mac().orElseThrow()).toList());
    UUID other = UUID.fromString("00000000-0000-0000-0000-000000000001");
    assertEquals(Optional.of(uuid), DomainDefaults.withIdentity(given, other, List.of()).uuid());
  }

  /** In a locale without the characters of a path, that is a fault like any other. */
  @Test
  void pathsThatTheLocaleCannotNameAreFaults() {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    Reading<DomainDef> reading =
        read(
            (HEAD + "<filesystem><source dir='/srv/ü'/><target dir='/ü'/></filesystem>" + TAIL)
                .getBytes(UTF_8));
    List<String> rules =
        names.newEncoder().canEncode('ü') ? List.of() : List.of("fs.path-encoding");
    assertEquals(rules, reading.faults().stream().map(XmlFault::rule).toList());
  }

  /** The design's own examples, with a guest root where they have another target. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/merged"})
  void theExamplesOfTheDialectAreRead(String target) {
    String overlay =
        """
        <filesystem type='overlay' accessmode='passthrough'>
          <source dir='/upper'/>
          <source dir='/work'/>
          <backingStore type='dir'><target dir='/lower1'/></backingStore>
          <backingStore type='dir'><target dir='/lower2'/></backingStore>
          <backingStore type='overlay'>
            <source dir='/backing/upper'/><source dir='/backing/work'/>
            <backingStore type='dir'><target dir='/backing/lower1'/></backingStore>
            <backingStore type='dir'><target dir='/backing/lower2'/></backingStore>
            <target dir='/backing/merged'/>
          </backingStore>
          <backingStore type='file'><driver name='nbd' type='qcow2'/><source file='/guest.img'/><target dir='/lower1'/></backingStore>
          <target dir='%s'/>
        </filesystem>
        """
            .formatted(target);
    String xml = HEAD + overlay + (target.equals("/") ? "</devices></domain>" : TAIL);
    assertEquals(List.of(), new SchemaValidator().validate(XmlSource.of("x", xml.getBytes(UTF_8))));
    Filesystem.Overlay read =
        assertInstanceOf(
            Filesystem.Overlay.class, read(xml.getBytes(UTF_8)).orThrow().filesystems().getFirst());
    assertEquals(4, read.chain().lowers().size());
  }

  /** Whole features that may be refused are told by the line of their own element. */
  @Test
  void featuresHavePlacesOfTheirOwn() {
    DomainDef domain =
        new DomainReader()
            .read(
                XmlSource.of(
                    "web.xml",
                    """
                    <domain type='lxc'>
                      <name>web</name>
                      <memory>65536</memory>
                      <vcpu cpuset='0'>1</vcpu>
                      <idmap mode='auto'/>
                      <resource>
                        <partition>/p</partition>
                      </resource>
                      <blkiotune>
                        <device><path>/dev/a</path></device>
                      </blkiotune>
                      <os><type>exe</type><init>/i</init></os>
                      <devices>
                        <filesystem><source dir='/s'/><target dir='/'/></filesystem>
                      </devices>
                    </domain>
                    """
                        .getBytes(StandardCharsets.UTF_8)))
            .orThrow();
    assertEquals(new Origin("web.xml", 4, 3, "vcpu"), domain.tuning().cpu().cpusOrigin());
    assertEquals(new Origin("web.xml", 5, 3, "idmap"), domain.idmap().origin());
    assertEquals(new Origin("web.xml", 7, 5, "partition"), domain.tuning().partitionOrigin());
    assertEquals(
        new Origin("web.xml", 10, 5, "device"),
        domain.tuning().blockIo().devices().getFirst().origin());
  }
}
