// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Numbers with names: errors, signals, devices, terminal settings. */
class NumbersTest {

  @Test
  void anUnknownErrorKeepsItsNumber() {
    assertEquals("errno-523", new Errno(523).name());
    assertEquals("unknown error 523", new Errno(523).text());
    assertEquals("errno-0", new Errno(0).name());
    assertEquals("ENOENT", new Errno(2).name());
    assertEquals(Errno.ENOENT, new Errno(2));
  }

  @Test
  void theKernelsSentenceStandsInPlaceOfTheText() {
    KernelException plain = new KernelException("fsconfig a=b", Errno.EINVAL);
    assertEquals("fsconfig a=b: invalid argument (EINVAL)", plain.getMessage());
    assertEquals(
        "fsconfig a=b: overlay: no (EINVAL)", plain.withDetail("overlay: no").getMessage());
    assertEquals("overlay: no", plain.withDetail("overlay: no").reason());
    assertArrayEquals(plain.getStackTrace(), plain.withDetail("x").getStackTrace());
  }

  @Test
  void signalsHaveManyNames() {
    assertEquals(Optional.of(Signal.TERM), Signal.parse("SIGTERM"));
    assertEquals(Optional.of(Signal.TERM), Signal.parse("term"));
    assertEquals(Optional.of(Signal.TERM), Signal.parse("15"));
    assertEquals(Optional.of(new Signal(37)), Signal.parse("SIGRTMIN+3"));
    assertEquals(Optional.of(new Signal(34)), Signal.parse("RTMIN"));
    assertTrue(Signal.parse("SIGNOTHING").isEmpty());
    assertTrue(Signal.parse("0").isEmpty());
    assertTrue(Signal.parse("65").isEmpty());
    assertTrue(Signal.parse("RTMIN+31").isEmpty());
    assertEquals("SIGSYS", new Signal(31).name());
    assertEquals("SIGRTMIN+3", new Signal(37).name());
    assertEquals("32", new Signal(32).name());
  }

  @Test
  void deviceNumbersSurviveTheirEncoding() {
    for (DeviceNumber device :
        new DeviceNumber[] {
          new DeviceNumber(0, 0), new DeviceNumber(7, 300), new DeviceNumber(254, 0xabcde)
        }) {
      assertEquals(device, DeviceNumber.decode(device.encode()));
    }
  }

  @Test
  void aRawTerminalPassesEveryKey() {
    ByteBuffer cooked = ByteBuffer.allocate(Terminal.SIZE).order(ByteOrder.nativeOrder());
    cooked.putInt(0x6d02).putInt(0x5).putInt(0x4bf).putInt(0x8a3b);
    Terminal raw = new Terminal(cooked.array()).raw();
    ByteBuffer settings = ByteBuffer.wrap(raw.bytes()).order(ByteOrder.nativeOrder());
    int echoAndLinesAndSignals = 0x8 | 0x2 | 0x1;
    assertEquals(0, settings.getInt(12) & echoAndLinesAndSignals);
    assertEquals(0, settings.getInt(4) & 1);
    assertEquals(0x30, settings.getInt(8) & 0x30);
    assertEquals(1, raw.bytes()[23]);
    assertFalse(raw.equals(new Terminal(cooked.array())));
  }
}
