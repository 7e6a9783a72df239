# Lipei for a real server: the program and what it needs, by version and hash. The database is another container or machine.
# Built with: docker build -t lipei .      Started with the database by compose.yaml; see docs/operating/running.md.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --create-home --uid 10001 lipei && install -d -o lipei -g lipei /keys /data /deposit
WORKDIR /app

COPY requirements.lock requirements-node.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY pyproject.toml package.json package-lock.json .npmrc README.md LICENSE ./
COPY src ./src
RUN pip install --no-deps --no-build-isolation --no-index -e . \
 && python -m lipei.launch.assets \
 && python -m lipei.site.catalogues \
 && rm -rf .cache /root/.npm

USER lipei
ENV LIPEI_HOME=/data LIPEI_KEYS=/keys LIPEI_DEPOSIT=/deposit
VOLUME ["/data", "/keys", "/deposit"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s CMD ["python", "-c", \
  "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/'); raise SystemExit(c.getresponse().status >= 500)"]
STOPSIGNAL SIGTERM
CMD ["lipei", "run", "--host", "0.0.0.0"]
