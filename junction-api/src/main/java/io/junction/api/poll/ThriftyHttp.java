package io.junction.api.poll;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP as Tomcat speaks it, with small buffers for answers, which have no setting. Tomcat makes it
 * by its name, hence public. A long answer goes out in more pieces.
 */
public class ThriftyHttp extends Http11NioProtocol {

  private static final int ANSWER_BYTES = 1024;

  @Override
  public int getDesiredBufferSize() {
    return ANSWER_BYTES;
  }
}
