#!/bin/sh
# Says in one sentence what a machine lacks before anything is built, and stops.
python=$1
rust_min=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' kernel/Cargo.toml)

stop() {
    echo "article41: $1" >&2
    exit 1
}

[ -n "$python" ] || stop "install Python 3.11 or newer; none was found."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    stop "install Python 3.11 or newer; \`$python\` is older or does not run."
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "install the venv module of $python (Debian: apt install $python-venv)."
command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 ||
    stop "install a C compiler (Debian: apt install gcc libc6-dev)."
cargo=$(command -v cargo) || stop "install Rust $rust_min or newer with cargo (https://rustup.rs)."
if ! said=$(cargo --version 2>&1); then
    case $said in
    *rustup*)
        # What rustup installs for one home it does not find under another one.
        theirs=$(dirname "$(dirname "$(dirname "$cargo")")")/.rustup
        if [ -d "$theirs/toolchains" ] && [ "$theirs" != "${RUSTUP_HOME:-$HOME/.rustup}" ]; then
            stop "$cargo finds no toolchain under HOME=$HOME: set RUSTUP_HOME=$theirs, which has some."
        fi
        stop "$cargo finds no toolchain: run \`rustup default stable\`, or set RUSTUP_HOME to where one is."
        ;;
    *) stop "$cargo does not run: $(printf '%s\n' "$said" | head -n 1)" ;;
    esac
fi
rust=$(printf '%s\n' "$said" | sed -n 's/^cargo \([^ ]*\).*/\1/p')
[ "$(printf '%s\n' "$rust_min" "$rust" | sort -V | head -n 1)" = "$rust_min" ] ||
    stop "install Rust $rust_min or newer; this one is $rust (https://rustup.rs)."
if [ "$(uname -m)" = x86_64 ] && [ -r /proc/cpuinfo ]; then
    grep -q avx2 /proc/cpuinfo ||
        stop "this processor lacks AVX2: set another target-cpu in .cargo/config.toml."
fi
