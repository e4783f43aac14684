FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /serin
COPY . .
RUN --mount=type=cache,target=/maven SERIN_MAVEN_ARGS=-Dmaven.repo.local=/maven ./serin build

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 1001 --home-dir /serin serin \
    && apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /serin
COPY --from=build /serin/server/target/quarkus-app/ ./
USER 1001
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=5 \
    CMD curl --fail --silent --output /dev/null http://localhost:8080/q/health/ready
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow", "-jar", "quarkus-run.jar"]
CMD ["serve"]
