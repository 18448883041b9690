// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <os>}. */
public final class OsBean extends Located {
  public TextBean type;
  public TextBean init;

  @XmlElement(name = "initarg")
  public List<TextBean> initargs = new ArrayList<>();

  @XmlElement(name = "initenv")
  public List<TextBean> initenvs = new ArrayList<>();

  public TextBean initdir;
  public TextBean inituser;
  public TextBean initgroup;
  public TextBean cmdline;
}
