// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

/**
 * Hears how far a copy is, on the thread that copies. One that is over before anybody knows how
 * large it is tells nothing but its end.
 */
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
   * So much is to be copied; told first, when the copy has begun.
   *
   * @param bytes how much of the disk it takes; 0 if the filesystem can share all content
   */
  void total(long bytes, long inodes);

  /** So much more is copied. */
  void advanced(long bytes, long inodes);

  /** The copy is over, whether it is whole or not. */
  void done();
}
