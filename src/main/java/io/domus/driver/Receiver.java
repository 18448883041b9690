// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.Manifest;
import io.domus.domain.CriuOptions;
import io.domus.tool.Ssh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The far side of a move. What it has taken in is gone again when it is closed, unless the guest
 * was told to run and does. Refusals are {@link io.domus.domain.DomainException}s.
 */
sealed interface Receiver extends AutoCloseable permits Reception, RemoteReception {
  /**
   * What the far side makes of an offer.
   *
   * @param missing bases that have to be copied
   * @param plan what makes a domain of what has come, as text
   */
  record Welcome(List<Manifest.Base> missing, String plan) {
    public Welcome {
      missing = List.copyOf(missing);
    }
  }

  /** Refuses what cannot be, and changes nothing. */
  Welcome examine(Offer offer) throws IOException;

  /**
   * From here on nobody else does anything with the domain there.
   *
   * @return where what is sent goes, there
   */
  Path prepare(Offer offer) throws IOException;

  /** Where a base that is missing is to be copied to. */
  Path room(Manifest.Base base) throws IOException;

  /** Moves a base that was copied into its place, if it is what it is to be. */
  void place(Manifest.Base base) throws IOException;

  /** Where programs that copy find it; empty for this host. */
  Optional<Ssh> host();

  /** Puts on the disk what has come so far, so that less is to be done when it is urgent. */
  void flush() throws IOException;

  /**
   * @param fingerprints of what was sent, by its path below where that goes
   * @return those paths where something else has come
   */
  List<Path> differing(Map<Path, String> fingerprints) throws IOException;

  /** Makes a domain of what has come; it is off. */
  void arrive() throws IOException;

  /**
   * Has the guest go on. After a failure only {@link Destination#arrived} knows whether it does.
   *
   * @param more than what the dump was made with
   */
  void run(CriuOptions more) throws IOException;

  /** Nothing of the move is left to be told. */
  void done() throws IOException;

  @Override
  void close() throws IOException;
}
