# syntax=docker/dockerfile:1
# Dapbot as an image: `docker build -t dapbot .`, and with PostgreSQL and a Chroma server `docker compose up` (compose.yaml).
# The first stage installs, the second holds what runs: no compiler, no pip, no uv.

ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ARG UV_VERSION=0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=/app/env
RUN python -m pip install --no-cache-dir "uv==${UV_VERSION}" && uv venv "$VIRTUAL_ENV"
WORKDIR /source
# The packages first: they change less often than the program. Versions and hashes are those of the lock, the packages for
# development are left out, and torch is the CPU build, as `make setup` takes it.
COPY pyproject.toml requirements.lock ./
RUN uv pip install --no-cache --torch-backend cpu --constraints requirements.lock -r pyproject.toml --extra openai --extra postgres \
 && ! uv pip list --format freeze | grep -E '^(nvidia-|cuda-|triton)'
COPY . .
RUN uv pip install --no-cache --no-deps . \
 # The bundled weights are compared with their hash when they are loaded: a broken image is not made.
 && "$VIRTUAL_ENV/bin/python" -c 'from knowledge.embedding import EmbeddingModel; EmbeddingModel().load()' \
 && "$VIRTUAL_ENV/bin/dapbot" --version

FROM python:${PYTHON}
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin dapbot && install -d -o dapbot -g dapbot -m 700 /data
COPY --from=build /app/env /app/env
ENV PATH=/app/env/bin:$PATH DAPBOT_DATA=/data DAPBOT_WEB_HOST=0.0.0.0 PYTHONUNBUFFERED=1 PYTHONUTF8=1 ANONYMIZED_TELEMETRY=False
USER dapbot
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/health', timeout=4)"]
CMD ["dapbot", "serve"]
