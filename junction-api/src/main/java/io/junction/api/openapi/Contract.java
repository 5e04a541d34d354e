package io.junction.api.openapi;

import io.junction.api.problem.ProblemType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds to the generated contract what the code does not say: tokens, and every problem. */
@Configuration(proxyBeanMethods = false)
class Contract {

  private static final String PROBLEM = "application/problem+json";

  /** The library that reads the types is not the one that writes the JSON: tell it our spelling. */
  @Bean
  ModelConverter snakeCase(ObjectMapperProvider provider) {
    var mapper = provider.jsonMapper().copy();
    mapper.setPropertyNamingStrategy(
        com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE);
    return new ModelResolver(mapper).openapi31(true);
  }

  @Bean
  OpenApiCustomizer tokensAndProblems() {
    return api -> {
      api.info(
          new Info()
              .title("Junction")
              .version("1")
              .description("Queued jobs run on workers. The prose is in docs/protocol.md."));
      components(api)
          .addSecuritySchemes(
              "token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
          .addSchemas("Problem", problem())
          .addSchemas("JsonObject", new ObjectSchema().description("any JSON object"));
      api.addSecurityItem(new SecurityRequirement().addList("token"));
      api.getPaths()
          .values()
          .forEach(
              path ->
                  path.readOperations()
                      .forEach(
                          operation ->
                              problemsByStatus()
                                  .forEach(operation.getResponses()::addApiResponse)));
    };
  }

  private static Components components(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(new Components());
    }
    return api.getComponents();
  }

  private static java.util.Map<String, ApiResponse> problemsByStatus() {
    return Arrays.stream(ProblemType.values())
        .collect(
            Collectors.groupingBy(
                type -> Integer.toString(type.status().value()),
                Collectors.collectingAndThen(
                    Collectors.mapping(
                        type -> "`" + type.uri() + "`: " + type.title(), Collectors.joining("; ")),
                    Contract::response)));
  }

  private static ApiResponse response(String description) {
    var body = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
    return new ApiResponse()
        .description(description)
        .content(new Content().addMediaType(PROBLEM, body));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .description("RFC 9457")
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema())
        .addProperty(
            "errors",
            new ArraySchema()
                .items(
                    new ObjectSchema()
                        .addProperty("field", new StringSchema())
                        .addProperty("message", new StringSchema())));
  }
}
