package io.junction.api.job;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * One job, or many that are submitted all or none.
 *
 * @param many whether it was an array, which is answered with an array
 */
@Schema(oneOf = {JobRequest.class, JobsRequest.Many.class})
@JsonDeserialize(using = JobsRequest.Deserializer.class)
record JobsRequest(List<JobRequest> jobs, boolean many) {

  /** Only for the documentation. */
  @ArraySchema(schema = @Schema(implementation = JobRequest.class), minItems = 1, maxItems = 10_000)
  interface Many extends List<JobRequest> {}

  static class Deserializer extends StdDeserializer<JobsRequest> {

    Deserializer() {
      super(JobsRequest.class);
    }

    @Override
    public JobsRequest deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        return new JobsRequest(List.of(context.readValue(parser, JobRequest.class)), false);
      }
      var type = context.getTypeFactory().constructCollectionType(List.class, JobRequest.class);
      return new JobsRequest(context.readValue(parser, type), true);
    }
  }
}
