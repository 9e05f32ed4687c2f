# syntax=docker/dockerfile:1

# Installs what requirements/run.txt names, by hash, into a folder of its own.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/uv.txt requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && python -m venv /opt/motcua \
    && uv pip install --python /opt/motcua/bin/python --no-cache --require-hashes -r requirements/run.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/motcua motcua
WORKDIR /srv/motcua
COPY --from=build /opt/motcua /opt/motcua
COPY settings.py logs.py worker.py ./
COPY procedures procedures
COPY workflows workflows
COPY activities activities
COPY records records
COPY api api
COPY web web
COPY cli cli
ENV PATH=/opt/motcua/bin:$PATH \
    PYTHONPATH=/srv/motcua \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MOTCUA_HOME=/var/lib/motcua \
    MOTCUA_API_HOST=0.0.0.0
USER 10001
VOLUME /var/lib/motcua
EXPOSE 8480
ENTRYPOINT ["python", "-m", "cli.main"]
CMD ["api"]
