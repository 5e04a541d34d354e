package io.junction.common.turn;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code junction.dispatch.*}: how the slots of a queue are given out. The API and all dispatchers
 * are given the same.
 *
 * @param fairness By the line alone (fifo), or to owners in turn (owner). Default fifo.
 */
@ConfigurationProperties("junction.dispatch")
public record TurnProperties(@DefaultValue("fifo") Fairness fairness) {}
