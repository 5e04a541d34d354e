package io.junction.api.json;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Takes every value as it is written, or not at all: no field is ignored, no text becomes a number,
 * and nothing comes through that the database would refuse.
 */
@Configuration(proxyBeanMethods = false)
class JsonStrictness {

  /** How deep a body may nest. */
  static final int MAX_DEPTH = 110;

  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return builder -> {
      builder
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(
              new SimpleModule("junction")
                  .addDeserializer(String.class, new TextDeserializer())
                  .addDeserializer(JsonObject.class, new JsonObjectDeserializer()));
      builder.withCoercionConfig(LogicalType.Textual, JsonStrictness::fail);
      builder.withCoercionConfig(LogicalType.Boolean, JsonStrictness::fail);
      builder.withCoercionConfig(LogicalType.Integer, JsonStrictness::fail);
      builder.withCoercionConfig(LogicalType.DateTime, JsonStrictness::fail);
      builder.withCoercionConfig(LogicalType.OtherScalar, JsonStrictness::failOnEmpty);
    };
  }

  /** The streams below the mapper; Spring Boot's own builder takes it as it is. */
  @Bean
  JsonMapper.Builder strictBuilder(java.util.List<JsonMapperBuilderCustomizer> customizers) {
    var factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(400)
                    .build())
            .build();
    var builder = JsonMapper.builder(factory);
    customizers.forEach(customizer -> customizer.customize(builder));
    return builder;
  }

  private static void fail(tools.jackson.databind.cfg.MutableCoercionConfig config) {
    for (var shape :
        new CoercionInputShape[] {
          CoercionInputShape.Integer,
          CoercionInputShape.Float,
          CoercionInputShape.String,
          CoercionInputShape.Boolean,
          CoercionInputShape.EmptyString
        }) {
      config.setCoercion(shape, CoercionAction.Fail);
    }
  }

  private static void failOnEmpty(tools.jackson.databind.cfg.MutableCoercionConfig config) {
    config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
  }
}
