# The image of the service. make image builds it with podman, buildah or docker.
#   VARIANT=chiseled  Ubuntu without a shell; the default
#   VARIANT=debian    Debian with a shell, and the runtime beside the program
#   VARIANT=alpine    Alpine
# Every base image is an argument, so that a mirror or a pinned digest can be given.
ARG VARIANT=chiseled
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG CHISELED=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled-extra
ARG DEBIAN=docker.io/library/debian:trixie-slim
ARG ALPINE=mcr.microsoft.com/dotnet/aspnet:10.0.12-alpine3.23-extra

FROM ${CHISELED} AS chiseled-base
ENV DOTNET_RUNNING_IN_CONTAINER=true

# What the runtime needs of the system, certificates and time zones; the runtime itself is published with the program.
FROM ${DEBIAN} AS debian-base
ENV DOTNET_RUNNING_IN_CONTAINER=true
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends ca-certificates libssl3 libstdc++6 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/*

FROM ${ALPINE} AS alpine-base
ENV DOTNET_RUNNING_IN_CONTAINER=true

FROM ${SDK} AS build
ARG VARIANT
ARG TARGETARCH
ARG REVISION=unknown
WORKDIR /source
COPY . .
RUN eng/publish "$VARIANT" "$TARGETARCH" "$REVISION" /app && mkdir -m 0770 /data

FROM ${VARIANT}-base AS image
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="rx-alerting" \
    org.opencontainers.image.description="Watches a stream of finished video views, and tells what broke, where, and how badly" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
COPY --from=build /app /app
# The store that needs no server: rx-alerting.db. Mount a volume here to keep it.
COPY --from=build --chown=10001:0 /data /data
WORKDIR /data
USER 10001
# The root file system may be read-only: the program writes to /data and /tmp only.
ENV PATH=/app:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    DOTNET_EnableDiagnostics=0 \
    RX_ALERTING__Metrics__Listen=0.0.0.0:9464 \
    RX_ALERTING__Logging__Console__FormatterName=json
EXPOSE 8080 9464
STOPSIGNAL SIGTERM
# Asks where RX_ALERTING__Metrics__Listen says: it does not see the arguments of run. The command itself waits for 5 s.
HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --retries=3 CMD ["/app/rx-alerting", "health", "live"]
ENTRYPOINT ["/app/rx-alerting"]
CMD ["run", "--listen", "0.0.0.0:8080"]
