// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

/** Hears how far a copy is. All of one copy is told on one thread. */
public interface CopyProgress {
  /** Nobody wants to know; then nothing is measured. */
  CopyProgress NONE =
      new CopyProgress() {
        @Override
        public void total(long bytes, long inodes) {}

        @Override
        public void advanced(long bytes, long inodes) {}

        @Override
        public void done() {}
      };

  /**
   * A copy begins.
   *
   * @param bytes how much of the disk it takes; 0 if the filesystem can share all content
   */
  void total(long bytes, long inodes);

  /** So much more is copied. */
  void advanced(long bytes, long inodes);

  /** The copy is over, whether it is whole or not. */
  void done();
}
