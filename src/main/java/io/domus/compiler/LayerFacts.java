// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

/**
 * What overlayfs's own extended attributes say in a layer, found by reading every inode of it.
 *
 * @param examined false if the layer could not be read to its end: nothing is known
 * @param opaqueRoot the layer's root directory is marked opaque
 * @param metacopy some files hold metadata only
 * @param redirect some directories are renamed
 * @param escaped some attributes are escaped: the layer was written by an overlay in an overlay
 * @param hides it hides names of the layers beneath, by whiteouts or opaque directories
 */
public record LayerFacts(
    boolean examined,
    boolean opaqueRoot,
    boolean metacopy,
    boolean redirect,
    boolean escaped,
    boolean hides) {
  /** A layer that no overlay ever wrote to. */
  public static final LayerFacts PLAIN = new LayerFacts(true, false, false, false, false, false);

  /** A layer that could not be read. */
  public static final LayerFacts UNKNOWN = new LayerFacts(false, false, false, false, false, false);
}
