# One image for web, worker, scheduler and migrations; the command decides which. See docs/production.md.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH

RUN python -m venv /opt/venv \
    && useradd --system --uid 10001 --home-dir /app expo \
    && install -d -o expo /data/media /data/private

WORKDIR /app
COPY requirements/app.txt requirements/app.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/app.txt

COPY . .
# Translations and static files need no database; the key that this makes is thrown away.
RUN EXPO_STATE=/tmp/build python -m expo.runtime.prepare build && rm -rf /tmp/build

USER expo
ENV MEDIA_ROOT=/data/media PRIVATE_ROOT=/data/private
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz/', timeout=4)"]
CMD ["gunicorn", "expo.wsgi", "--bind", "0.0.0.0:8000", "--preload", "--workers", "3", "--access-logfile", "-", "--logger-class", "expo.gunicorn_logs.DiscreetLogger", "--no-control-socket"]
