# Registrator on a runtime of its own, and hardly anything else. Needs nothing but this folder:
#   docker build -t registrator .
#   docker run -d --net=host -v /var/run/docker.sock:/tmp/docker.sock registrator consul://127.0.0.1:8500
# Where no image can be pulled, scripts/build-image.sh builds the same from a local one.

ARG BUILD_IMAGE=maven:3-eclipse-temurin-25

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY packaging/runtime packaging/runtime
RUN packaging/runtime/link "$JAVA_HOME" /opt/registrator/runtime
COPY packaging/image packaging/image
RUN packaging/image/root /opt/registrator/runtime /root-of-image
COPY . .
# Without the checks of the code: those are for whoever writes it.
RUN mvn -B -ntp -Pplain -Dmaven.test.skip=true -Dspotless.check.skip=true package -pl registrator-cli -am
RUN tar -xzf registrator-cli/target/registrator-*.tar.gz --strip-components=1 -C /opt/registrator \
      --wildcards '*/bin' '*/lib' '*/LICENSE' \
 && /opt/registrator/bin/registrator-aot-cache \
 && cat /opt/registrator/lib/java.options packaging/image/arguments >/opt/registrator/registrator \
 && rm /opt/registrator/bin/* /opt/registrator/lib/registrator-training.jar \
 && cp packaging/image/registrator /opt/registrator/bin

FROM scratch
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Registrator" \
      org.opencontainers.image.description="Registers the containers of a Docker host in the local Consul agent" \
      org.opencontainers.image.documentation="https://github.com/registrator/registrator/blob/main/docs/install.md" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /root-of-image/ /
COPY --from=build /opt/registrator /opt/registrator
STOPSIGNAL SIGTERM
# Every container has this folder in memory, also one whose root file system is read-only.
ENV REGISTRATOR_HEALTH_FILE=/dev/shm/registrator-health
ENV REGISTRATOR_RUN_DIR=/dev/shm/registrator
# Missing, or older than a minute, while the daemon writes it every 20 s.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=2 \
  CMD ["/usr/bin/find", "/dev/shm/registrator-health", "-mmin", "+1", "-exec", "/usr/bin/false", "{}", "+"]
# Root only until the entry point knows the group of the engine's socket; then user 65532.
WORKDIR /opt/registrator
ENV PATH=/opt/registrator/bin:/usr/bin:/bin:/opt/registrator/runtime/bin
ENTRYPOINT ["/opt/registrator/bin/registrator"]
