#!/usr/bin/env bash
# Installs the browser with which the tests look at the page, and letters for every script.
set -euo pipefail

if command -v chromium >/dev/null; then
    echo "chromium is there: $(chromium --version)"
    exit 0
fi
if ! command -v apt-get >/dev/null || [[ $(id -u) -ne 0 ]]; then
    echo "Install chromium with the system's package manager; the tests use it where it is." >&2
    exit 1
fi
apt-get update --quiet --quiet
apt-get install --quiet --quiet --yes --no-install-recommends chromium fonts-noto-core
chromium --version
