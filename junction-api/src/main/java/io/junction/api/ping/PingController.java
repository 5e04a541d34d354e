package io.junction.api.ping;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /v1/ping}: the way of every request, token and JSON included, and nothing at its end.
 * It is there only with {@code junction.api.ping=true}; the bench holds Junction against it.
 */
@RestController
@Hidden
@ConditionalOnBooleanProperty("junction.api.ping")
class PingController {

  private static final Nothing NOTHING = new Nothing();

  @PostMapping("/v1/ping")
  Nothing ping(@RequestBody Nothing nothing) {
    return NOTHING;
  }

  record Nothing() {}
}
