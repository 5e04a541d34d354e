package io.junction.api.simulate;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/simulate}. */
@RestController
@Tag(name = "limits")
class SimulationController {

  private final Simulate simulate;
  private final Turnstile turnstile = new Turnstile();

  SimulationController(Simulate simulate) {
    this.simulate = simulate;
  }

  @Operation(summary = "Replay the last hours under other limits; nothing is changed")
  @PostMapping("/v1/simulate")
  SimulationResponse simulate(@Valid @RequestBody SimulationRequest request) {
    return turnstile.pass(() -> simulate.simulate(request));
  }
}
