package io.junction.common;

import io.junction.common.hint.Hints;
import io.junction.common.queue.QueueStatements;
import io.junction.common.transition.Transitions;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The domain's entities, repositories and statements, as both processes import them. */
@Configuration(proxyBeanMethods = false)
@EntityScan
@EnableJpaRepositories
@ComponentScan(basePackageClasses = {Hints.class, QueueStatements.class, Transitions.class})
public class CommonConfiguration {}
