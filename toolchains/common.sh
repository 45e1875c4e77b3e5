# Sourced by toolchains/run and toolchains/test: where things are, and how they are built.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tool=$(basename "$0")

say() { printf '[%s] %s\n' "$tool" "$*"; }
die() { printf '[%s] %s\n' "$tool" "$*" >&2; exit 1; }

# The same sources in another folder should find the same compiled objects.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$top} CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}

# build_preset PRESET TARGET...: configures when that was not done yet and builds; quiet unless it fails.
# Ninja itself configures again when a CMake file has changed.
build_preset() {
  local preset=$1 log=$top/build/$1.log started=$SECONDS
  shift
  mkdir -p "$top/build"
  if [ ! -f "$top/build/$preset/build.ninja" ]; then
    say "configuring $preset"
    (cd "$top" && cmake --preset "$preset") >"$log" 2>&1 || { tail -30 "$log" >&2; die "configuring $preset failed (build/$preset.log)"; }
  fi
  if ninja -C "$top/build/$preset" -n "$@" 2>/dev/null | grep -q 'no work to do'; then
    say "$preset is up to date"
    return
  fi
  say "building $preset: $*"
  # In a condition, since a failing pipe would end the script before it says why.
  if ! ninja -C "$top/build/$preset" "$@" 2>&1 | tee "$log" | show_progress; then
    grep -aE -A25 '^FAILED|error' "$log" | head -60 >&2 || true
    die "building $preset failed (build/$preset.log)"
  fi
  say "built $preset in $((SECONDS - started)) s"
}

# On a terminal one moving line; in a log a line every fifty steps.
show_progress() {
  if [ -t 1 ]; then
    awk '/^\[[0-9]+\/[0-9]+\]/ { printf "\r\033[K%.100s", $0; fflush() } END { printf "\r\033[K" }'
  else
    awk '/^\[[0-9]+\/[0-9]+\]/ { split(substr($1, 2), n, "/"); if (n[1] >= next_shown) { print "  " $1; next_shown = n[1] + 50; fflush() } }'
  fi
}
