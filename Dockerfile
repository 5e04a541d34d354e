# One image per process:  docker build --target api -t junction-api .   (or dispatcher, worker)

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /junction
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip \
      -pl junction-api,junction-dispatcher,junction-worker -am package
# The dependencies change less often than Junction does: they become layers of their own. The folder
# of a layer may be missing when the layer is empty, which COPY would not forgive.
RUN for process in api dispatcher; do \
      cp junction-$process/target/junction-$process-*-exec.jar application.jar \
      && java -Djarmode=tools -jar application.jar extract --layers --destination /layers/$process \
      && mkdir -p /layers/$process/dependencies /layers/$process/snapshot-dependencies \
      || exit 1; \
    done
# The worker has a handful of them, and no Spring, which the extraction needs: it stays one jar.
RUN mkdir -p /layers/worker && cp junction-worker/target/junction-worker-*-exec.jar \
      /layers/worker/application.jar

FROM eclipse-temurin:25-jre AS runtime
RUN useradd --system --uid 10001 --user-group --create-home --home-dir /home/junction junction
COPY --chmod=755 deploy/healthy /usr/local/bin/healthy
WORKDIR /junction
USER junction
# More options for the JVM: set JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:+UseCompactObjectHeaders", "-XX:MaxRAMPercentage=75", \
  "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "application.jar"]

FROM runtime AS api
COPY --from=build /layers/api/dependencies/ ./
COPY --from=build /layers/api/snapshot-dependencies/ ./
COPY --from=build /layers/api/application/ ./
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["healthy", "JUNCTION_PORT", "8080", "/actuator/health/liveness"]

FROM runtime AS dispatcher
COPY --from=build /layers/dispatcher/dependencies/ ./
COPY --from=build /layers/dispatcher/snapshot-dependencies/ ./
COPY --from=build /layers/dispatcher/application/ ./
EXPOSE 8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["healthy", "JUNCTION_MANAGEMENT_PORT", "8081", "/actuator/health/liveness"]

# What its jobs need beyond bash and setsid, which the base image has, belongs into an image of yours
# that is built FROM this one. It opens no port, so that the restart policy alone watches over it.
FROM runtime AS worker
COPY --from=build /layers/worker/ ./
RUN command -v bash && command -v setsid
HEALTHCHECK NONE
