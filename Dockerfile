# Registrator on a runtime of its own. Needs nothing but this folder:
#   docker build -t registrator .
#   docker run -d --net=host -v /var/run/docker.sock:/tmp/docker.sock registrator consul://127.0.0.1:8500
# Where no image can be pulled, scripts/build-image.sh builds the same from local ones.

ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
# What the jars use. Some of them mention java.desktop and java.sql too, for features that nothing here touches.
RUN jlink \
      --add-modules java.base,java.logging,java.management,java.naming,java.security.jgss,java.xml,jdk.management,jdk.net,jdk.unsupported \
      --strip-java-debug-attributes --no-header-files --no-man-pages \
      --output /opt/registrator/runtime \
 # Classes ready to map; a third off the time to start.
 && /opt/registrator/runtime/bin/java -Xshare:dump
WORKDIR /src
COPY . .
RUN mvn -B -ntp -Dmaven.test.skip=true package -pl registrator-cli -am
RUN tar -xzf registrator-cli/target/registrator-*.tar.gz --strip-components=1 -C /opt/registrator

FROM ${BASE_IMAGE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Registrator" \
      org.opencontainers.image.description="Registers the containers of a Docker host in the local Consul agent" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/registrator /opt/registrator
STOPSIGNAL SIGTERM
# The launcher hands over to java, which is PID 1 and gets the signal.
ENTRYPOINT ["/opt/registrator/bin/registrator"]
