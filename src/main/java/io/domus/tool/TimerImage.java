// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The timers ({@code timerfd}) in CRIU's {@code files.img}. One that rings again and again, and has
 * rung without being heard when it was dumped, has no time left in the image; CRIU up to 4.2 takes
 * that for a timer that is not set, and it never rings again.
 *
 * <p>Two magic words, then messages {@code file_entry} with their lengths before them, whose field
 * 12 is a {@code timerfd_entry} with the time left in fields 7 (seconds) and 8 (nanoseconds) and
 * the interval in 9 and 10; as {@code images/fdinfo.proto} and {@code timerfd.proto} of CRIU 4 have
 * it.
 */
public final class TimerImage {
  private static final int HEADER = 8;
  private static final int TIMER = 12;
  private static final int SECONDS = 7;
  private static final int NANOSECONDS = 8;
  private static final int EVERY_SECONDS = 9;
  private static final int EVERY_NANOSECONDS = 10;

  private TimerImage() {}

  /**
   * The image with such timers set to ring at once; empty if it has none.
   *
   * @throws IllegalArgumentException if this is no such image
   */
  public static Optional<byte[]> rearmed(byte[] image) {
    if (image.length < HEADER) {
      throw new IllegalArgumentException(
          "no image of files: it has %d bytes".formatted(image.length));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(image.length + Long.BYTES);
    out.write(image, 0, HEADER);
    ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
    while (in.hasRemaining()) {
      int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("no image of files: it ends within a message");
      }
      byte[] entry = new byte[length];
      in.get(entry);
      byte[] changed = Protobuf.each(entry, TIMER, TimerImage::set);
      out.writeBytes(
          ByteBuffer.allocate(Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(changed.length)
              .array());
      out.writeBytes(changed);
    }
    byte[] result = out.toByteArray();
    return Arrays.equals(result, image) ? Optional.empty() : Optional.of(result);
  }

  private static byte[] set(byte[] timer) {
    Map<Integer, Long> numbers = Protobuf.numbers(timer);
    boolean over = isZero(numbers, SECONDS) && isZero(numbers, NANOSECONDS);
    boolean again = !isZero(numbers, EVERY_SECONDS) || !isZero(numbers, EVERY_NANOSECONDS);
    return over && again ? Protobuf.eachNumber(timer, NANOSECONDS, _ -> 1) : timer;
  }

  private static boolean isZero(Map<Integer, Long> numbers, int field) {
    return numbers.getOrDefault(field, 0L) == 0;
  }
}
