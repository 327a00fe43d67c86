# The API and the command line in one image; the database is another (docker-compose.yml).

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
WORKDIR /source
RUN python -m venv /opt/polegraph
COPY requirements.txt ./
RUN /opt/polegraph/bin/pip install --only-binary=:all: --require-hashes -r requirements.txt
COPY . .
RUN pip wheel --no-deps --wheel-dir /wheels . \
    && /opt/polegraph/bin/pip install --no-deps --no-index /wheels/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin polegraph \
    && install --directory --owner polegraph --group polegraph --mode 0700 /var/lib/polegraph
COPY --from=build /opt/polegraph /opt/polegraph
ENV PATH=/opt/polegraph/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    POLEGRAPH_DATA_DIR=/var/lib/polegraph \
    POLEGRAPH_CACHE_DIR=/var/lib/polegraph/cache
USER polegraph
WORKDIR /var/lib/polegraph
VOLUME /var/lib/polegraph
STOPSIGNAL SIGTERM
ENTRYPOINT ["polegraph"]
CMD ["--help"]
